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
        (ReadOnlyMemory<float>[] values, IReadOnlyDictionary<string, string> metadata)
            = Read(path, null, ParameterSlot.Of(table), table.NeedsLayout && order == ParameterOrder.Stated);
        ParameterPacking.Pack(table, values, packed);
        return metadata;
    }

    /// <summary>Loads parameters from a safetensors file in memory, for example a resource or a block of flash.</summary>
    /// <param name="content">The whole file, with exactly the tensors of <paramref name="table"/>, in any order.</param>
    /// <param name="table">Where the tensors lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length), overwritten, padding with 0; untouched when this throws.</param>
    /// <returns>The texts beside the tensors.</returns>
    /// <exception cref="StorageFormatException">The content is damaged, holds other tensors, or may hold their elements in another order.</exception>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static unsafe IReadOnlyDictionary<string, string> Load(ReadOnlySpan<byte> content, TensorTable table, Span<float> packed)
    {
        fixed (byte* start = content)
        {
            using var stream = new UnmanagedMemoryStream(start, content.Length);
            (ReadOnlyMemory<float>[] values, IReadOnlyDictionary<string, string> metadata) = Read("the content", stream, ParameterSlot.Of(table), table.NeedsLayout);
            ParameterPacking.Pack(table, values, packed);
            return metadata;
        }
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
        (ReadOnlyMemory<float>[] values, IReadOnlyDictionary<string, string> metadata)
            = Read(path, null, ParameterSlot.Of(spec), order == ParameterOrder.Stated && OrderOfElements.IsAmbiguous(spec));
        foreach (ReadOnlyMemory<float> tensor in values)
        {
            tensor.Span.CopyTo(rowMajor);
            rowMajor = rowMajor[tensor.Length..];
        }

        return metadata;
    }

    private static void Save(
        string path, ParameterSlot[] slots, ReadOnlyMemory<float> rowMajor, IReadOnlyDictionary<string, string>? metadata)
    {
        List<SafetensorsTensor> tensors = [];
        foreach (ParameterSlot slot in slots)
            tensors.Add(slot.Of(rowMajor));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>(metadata ?? ReadOnlyDictionary<string, string>.Empty) { [TensorLayout.Name] = TensorLayout.Current });
    }

    /// <summary>The values of the slots in their order, as they lie in the file; those of a file with other tensors are not read.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="file">Its content; null to open it.</param>
    /// <param name="slots">The tensors that must be in it.</param>
    /// <param name="needsLayout">Whether it must say in which order its elements lie.</param>
    private static (ReadOnlyMemory<float>[] Values, IReadOnlyDictionary<string, string> Metadata) Read(
        string path, Stream? file, ParameterSlot[] slots, bool needsLayout)
    {
        int[] places = [];
        void Check(List<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
        {
            places = TensorMatch.Find(path, slots, entries, metadata);
            TensorLayout.Check(path, metadata, needsLayout);
        }

        SafetensorsFile content = file is null ? SafetensorsFile.Read(path, Check) : SafetensorsFile.Read(path, file, Check);
        return (Array.ConvertAll(places, place => content.Tensors[place].Values), content.Metadata);
    }

    private static void CheckLength(NetworkSpec spec, int rowMajor)
    {
        if (rowMajor != spec.ParameterCount)
            throw new ArgumentException($"rowMajor has {rowMajor} floats; the network has {spec.ParameterCount}", nameof(rowMajor));
    }
}
