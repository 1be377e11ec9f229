using System.Collections.Immutable;

namespace NativeNet.Storage;

/// <summary>Where one tensor lies, as the header of a file says.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">The sizes, none negative, their product an <see cref="int"/>.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record SafetensorsEntry(string Name, ImmutableArray<int> Shape, ElementType Type, long Begin, long End)
{
    /// <summary>Demands 32-bit floats.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <exception cref="StorageFormatException">The elements are of another type.</exception>
    public void RequireFloat32(string path)
    {
        if (Type != ElementType.Float32)
            throw new StorageFormatException($"{path}: tensor '{Name}': dtype {Type.Name} is not supported; convert the tensor to F32");
    }
}
