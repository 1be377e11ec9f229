using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Build;

/// <summary>Reads weights into the layout of the vector kernels.</summary>
internal static class WeightsFile
{
    /// <summary>The parameter buffer that loading a file would fill.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="spec">The network.</param>
    /// <exception cref="StorageFormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static float[] Read(string path, string name, NetworkSpec spec)
    {
        byte[] content = File.ReadAllBytes(path);
        ReadOnlySpan<byte> bytes = content;
        int header = SafetensorsFormat.HeaderLength(name, bytes.Slice(0, Math.Min(content.Length, SafetensorsFormat.PrefixLength)), content.Length);
        int data = SafetensorsFormat.PrefixLength + header;
        SafetensorsHeader described = SafetensorsHeader.Parse(name, bytes.Slice(SafetensorsFormat.PrefixLength, header), content.Length - data);
        List<SafetensorsEntry> entries = described.Entries;

        var layout = ParameterLayout.Create(spec, Target.Simd);
        int[] places = TensorMatch.Find(name, ParameterSlot.Of(layout.Table), entries, described.Metadata);
        TensorLayout.Check(name, described.Metadata, layout.Table.NeedsLayout);
        ReadOnlyMemory<float>[] tensors = Array.ConvertAll(places, place => Values(entries[place]));
        float[] packed = new float[layout.Length];
        ParameterPacking.Pack(layout.Table, tensors, packed);
        return packed;

        ReadOnlyMemory<float> Values(SafetensorsEntry entry)
        {
            entry.RequireFloat32(name);
            float[] values = new float[(entry.End - entry.Begin) / sizeof(float)];
            System.Buffer.BlockCopy(content, checked((int)(data + entry.Begin)), values, 0, values.Length * sizeof(float));
            return values;
        }
    }
}
