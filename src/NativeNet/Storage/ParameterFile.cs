using System.Collections.Immutable;
using System.Collections.ObjectModel;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <summary>Saves the parameters of a network as a safetensors file and loads them back.</summary>
/// <remarks>
/// Tensors are named and shaped as PyTorch's Linear has them: <c>layers.I.weight</c>, (units, inputs), and
/// <c>layers.I.bias</c>, (units), where I is the layer's position in the network's file; the weights of convolutions are
/// (filters, kernel rows, kernel columns, channels); normalizations have
/// <c>weight</c> and <c>bias</c>, and <c>running_mean</c> and <c>running_var</c> where they average, (channels) each, as
/// PyTorch's. Values are kept bit for bit, infinities and NaN included: a run that diverged can be looked at. The metadata
/// <c>nativenet.layout</c> is <c>1</c> for this order of elements; a file without it, as other programs write them and earlier
/// versions did, is loaded only where its shapes rule out the orders of PyTorch and Keras.
/// </remarks>
public static class ParameterFile
{
    /// <summary>The metadata that says in which order the elements of the tensors lie.</summary>
    internal const string LayoutName = "nativenet.layout";

    /// <summary>The order that is written and read.</summary>
    private const string Layout = "1";

    /// <summary>Saves parameters; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="table">Where the tensors lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length).</param>
    /// <param name="metadata">Texts to keep beside the tensors; null for none.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a text is not valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(
        string path, TensorTable table, ReadOnlySpan<float> packed, IReadOnlyDictionary<string, string>? metadata = null)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, packed, rowMajor);
        Save(path, ParameterSlot.Of(table), rowMajor, metadata);
    }

    /// <summary>Saves row-major parameters of a network that need not be compiled.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="spec">The network.</param>
    /// <param name="rowMajor">(spec.ParameterCount), the tensors one behind the other.</param>
    /// <param name="metadata">Texts to keep beside the tensors; null for none.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a text is not valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(
        string path, NetworkSpec spec, ReadOnlyMemory<float> rowMajor, IReadOnlyDictionary<string, string>? metadata = null)
    {
        CheckLength(spec, rowMajor.Length);
        Save(path, ParameterSlot.Of(spec), rowMajor, metadata);
    }

    /// <summary>Loads parameters.</summary>
    /// <param name="path">A file with exactly the tensors of <paramref name="table"/>, in any order.</param>
    /// <param name="table">Where the tensors lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length), overwritten, padding with 0; untouched when this throws.</param>
    /// <param name="order">What a file is taken for that does not say in which order its elements lie.</param>
    /// <returns>The texts beside the tensors.</returns>
    /// <exception cref="StorageFormatException">The file is damaged, holds other tensors, or may hold their elements in another order.</exception>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(
        string path, TensorTable table, Span<float> packed, ParameterOrder order = ParameterOrder.Stated)
    {
        (List<ReadOnlyMemory<float>> values, IReadOnlyDictionary<string, string> metadata)
            = Read(path, ParameterSlot.Of(table), table.NeedsLayout && order == ParameterOrder.Stated);
        ParameterPacking.Pack(table, values, packed);
        return metadata;
    }

    /// <summary>Loads row-major parameters of a network that need not be compiled.</summary>
    /// <param name="path">A file with exactly the tensors of <paramref name="spec"/>, in any order.</param>
    /// <param name="spec">The network.</param>
    /// <param name="rowMajor">(spec.ParameterCount), overwritten, the tensors one behind the other; untouched when this throws.</param>
    /// <param name="order">What a file is taken for that does not say in which order its elements lie.</param>
    /// <returns>The texts beside the tensors.</returns>
    /// <exception cref="StorageFormatException">The file is damaged, holds other tensors, or may hold their elements in another order.</exception>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(
        string path, NetworkSpec spec, Span<float> rowMajor, ParameterOrder order = ParameterOrder.Stated)
    {
        CheckLength(spec, rowMajor.Length);
        (List<ReadOnlyMemory<float>> values, IReadOnlyDictionary<string, string> metadata)
            = Read(path, ParameterSlot.Of(spec), order == ParameterOrder.Stated && OrderOfElements.IsAmbiguous(spec));
        foreach (ReadOnlyMemory<float> tensor in values)
        {
            tensor.Span.CopyTo(rowMajor);
            rowMajor = rowMajor[tensor.Length..];
        }

        return metadata;
    }

    private static void Save(
        string path, IEnumerable<ParameterSlot> slots, ReadOnlyMemory<float> rowMajor, IReadOnlyDictionary<string, string>? metadata)
    {
        List<SafetensorsTensor> tensors = [];
        foreach (ParameterSlot slot in slots)
            tensors.Add(slot.Of(rowMajor));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>(metadata ?? ReadOnlyDictionary<string, string>.Empty) { [LayoutName] = Layout });
    }

    /// <summary>The values of the slots in their order, as they lie in the file; those of a file with other tensors are not read.</summary>
    private static (List<ReadOnlyMemory<float>> Values, IReadOnlyDictionary<string, string> Metadata) Read(
        string path, IEnumerable<ParameterSlot> slots, bool needsLayout)
    {
        ParameterSlot[] wanted = [.. slots];
        var file = SafetensorsFile.Read(path, (entries, metadata) =>
        {
            Check(path, wanted, entries);
            CheckLayout(path, metadata, needsLayout);
        });
        Dictionary<string, ReadOnlyMemory<float>> found = file.Tensors.ToDictionary(static tensor => tensor.Name, static tensor => tensor.Values, StringComparer.Ordinal);
        return ([.. wanted.Select(slot => found[slot.Name])], file.Metadata);
    }

    private static void Check(string path, ParameterSlot[] slots, IReadOnlyList<SafetensorsEntry> entries)
    {
        Dictionary<string, SafetensorsEntry> found = entries.ToDictionary(static entry => entry.Name, StringComparer.Ordinal);
        foreach (ParameterSlot slot in slots)
        {
            if (!found.Remove(slot.Name, out SafetensorsEntry? entry))
                throw new StorageFormatException($"{path}: has no tensor '{slot.Name}', {Text(slot.Shape)}; it belongs to another network");
            if (!entry.Shape.SequenceEqual(slot.Shape))
                throw new StorageFormatException($"{path}: tensor '{slot.Name}' is {Text(entry.Shape)}, the network's is {Text(slot.Shape)}; it belongs to another network");
        }

        if (found.Count > 0)
            throw new StorageFormatException($"{path}: tensor '{found.Keys.Min(StringComparer.Ordinal)}' is not in the network; the file belongs to another one");
    }

    private static void CheckLayout(string path, IReadOnlyDictionary<string, string> metadata, bool needsLayout)
    {
        if (metadata.TryGetValue(LayoutName, out string? layout))
        {
            if (layout != Layout)
                throw new StorageFormatException($"{path}: {LayoutName} is {layout}; this version reads {Layout}");
        }
        else if (needsLayout)
        {
            throw new StorageFormatException(
                $"{path}: does not say in which order its elements lie, and those of other libraries have the same shapes; "
                + "bring weights of PyTorch over with import pytorch, or say --layout nativenet (ParameterOrder.NativeNet) of a file that an older version saved");
        }
    }

    private static void CheckLength(NetworkSpec spec, int rowMajor)
    {
        if (rowMajor != spec.ParameterCount)
            throw new ArgumentException($"rowMajor has {rowMajor} floats; the network has {spec.ParameterCount}", nameof(rowMajor));
    }

    private static string Text(ImmutableArray<int> shape) => $"[{string.Join(", ", shape)}]";
}
