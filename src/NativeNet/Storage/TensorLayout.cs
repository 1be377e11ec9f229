namespace NativeNet.Storage;

/// <summary>The metadata that says in which order the elements of a file's tensors lie.</summary>
internal static class TensorLayout
{
    /// <summary>Its name.</summary>
    public const string Name = "nativenet.layout";

    /// <summary>The order that is written and read.</summary>
    public const string Current = "1";

    /// <summary>Whose a file with other tensors is, for messages.</summary>
    /// <param name="metadata">The texts beside its tensors.</param>
    public static string Stranger(IReadOnlyDictionary<string, string> metadata)
        => metadata.ContainsKey(Name) ? "it belongs to another network" : "it belongs to another network, or is PyTorch's, which import pytorch brings over";

    /// <summary>Refuses a file whose elements lie, or may lie, in another order.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="metadata">The texts beside its tensors.</param>
    /// <param name="isNeeded">Whether shapes do not tell the order, and nobody else does.</param>
    /// <exception cref="StorageFormatException">It is another order, or unknown.</exception>
    public static void Check(string path, IReadOnlyDictionary<string, string> metadata, bool isNeeded)
    {
        if (metadata.TryGetValue(Name, out string? layout))
        {
            if (layout != Current)
                throw new StorageFormatException($"{path}: {Name} is {layout}; this version reads {Current}");
        }
        else if (isNeeded)
        {
            throw new StorageFormatException(
                $"{path}: does not say in which order its elements lie, and those of other libraries have the same shapes; "
                + "bring weights of PyTorch over with import pytorch, or say --layout nativenet (ParameterOrder.NativeNet) of a file that an older version saved");
        }
    }
}
