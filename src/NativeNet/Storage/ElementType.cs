namespace NativeNet.Storage;

/// <summary>The type of a tensor's elements, as safetensors names it.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Size">The bytes of an element.</param>
internal readonly partial record struct ElementType(string Name, int Size)
{
    private static readonly ElementType[] All =
    [
        new("F64", 8), new("F32", 4), new("F16", 2), new("BF16", 2), new("I64", 8), new("I32", 4), new("I16", 2), new("I8", 1),
        new("U64", 8), new("U32", 4), new("U16", 2), new("U8", 1), new("BOOL", 1),
    ];

    /// <summary>What all tensors of networks are.</summary>
    public static ElementType Float32 => All[1];

    /// <summary>Whether elements are floats.</summary>
    public bool IsFloat => Name[0] is 'F' or 'B' && Name != "BOOL";

    /// <summary>The type of a name.</summary>
    /// <param name="name">The name in a file.</param>
    /// <param name="type">The type.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, out ElementType type)
    {
        type = Array.Find(All, each => each.Name == name);
        return type.Name is not null;
    }
}
