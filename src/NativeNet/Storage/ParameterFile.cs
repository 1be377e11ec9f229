using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Storage;

/// <summary>Saves the parameters of a network as a safetensors file and loads them back.</summary>
/// <remarks>
/// Tensors are named and shaped as PyTorch's Linear has them: <c>layers.I.weight</c>, (units, inputs), and
/// <c>layers.I.bias</c>, (units), where I is the layer's position in the network's file; the weights of convolutions are
/// (filters, kernel rows, kernel columns, channels); normalizations have
/// <c>weight</c> and <c>bias</c>, and <c>running_mean</c> and <c>running_var</c> where they average, (channels) each, as
/// PyTorch's. Values are kept bit for bit, infinities and NaN included: a run that diverged can be looked at.
/// </remarks>
public static class ParameterFile
{
    /// <summary>Saves parameters; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="packed">(layout.Length).</param>
    /// <param name="metadata">Texts to keep beside the tensors; null for none.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a text is not valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(
        string path, ParameterLayout layout, ReadOnlySpan<float> packed, IReadOnlyDictionary<string, string>? metadata = null)
    {
        float[] rowMajor = new float[layout.ParameterCount];
        ParameterPacking.Unpack(layout, packed, rowMajor);
        SafetensorsFile.Write(path, [.. ParameterSlot.Of(layout).Select(tensor => tensor.Of(rowMajor))], metadata);
    }

    /// <summary>Loads parameters.</summary>
    /// <param name="path">A file with exactly the tensors of <paramref name="layout"/>, in any order.</param>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="packed">(layout.Length), overwritten, padding with 0; untouched when this throws.</param>
    /// <returns>The texts beside the tensors.</returns>
    /// <exception cref="StorageFormatException">The file is damaged or holds other tensors.</exception>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(string path, ParameterLayout layout, Span<float> packed)
    {
        var file = SafetensorsFile.Read(path);
        Dictionary<string, SafetensorsTensor> found = file.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);

        List<ReadOnlyMemory<float>> values = [];
        foreach (ParameterSlot slot in ParameterSlot.Of(layout))
        {
            if (!found.Remove(slot.Name, out SafetensorsTensor? tensor))
                throw new StorageFormatException($"{path}: has no tensor '{slot.Name}', {Text(slot.Shape)}; it belongs to another network");
            if (!tensor.Shape.SequenceEqual(slot.Shape))
                throw new StorageFormatException($"{path}: tensor '{slot.Name}' is {Text(tensor.Shape)}, the network's is {Text(slot.Shape)}; it belongs to another network");
            values.Add(tensor.Values);
        }

        if (found.Count > 0)
            throw new StorageFormatException($"{path}: tensor '{found.Keys.Min(StringComparer.Ordinal)}' is not in the network; the file belongs to another one");

        ParameterPacking.Pack(layout, values, packed);
        return file.Metadata;
    }

    private static string Text(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";
}
