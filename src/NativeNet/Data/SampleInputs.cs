using NativeNet.Storage;

namespace NativeNet.Data;

/// <summary>The inputs of samples as they came, bytes with a factor or floats, and which of them a data set is of.</summary>
/// <remarks>Parts of a data set share its inputs: holding samples out copies none.</remarks>
internal sealed class SampleInputs
{
    /// <summary>Enough to fetch ahead, few enough for the stack.</summary>
    private const int RowsAStep = 256;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlyMemory<float> _floats;

    /// <summary>The place of every sample among the rows stored; null where they are the rows themselves.</summary>
    private readonly int[]? _rows;

    private SampleInputs(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<float> floats, bool isFloats, float scale, int length, int[]? rows)
    {
        (_bytes, _floats, IsFloats, Scale, Length, _rows) = (bytes, floats, isFloats, scale, length, rows);
        ElementCount = rows is null ? Math.Max(bytes.Length, floats.Length) : (long)rows.Length * length;
    }

    /// <summary>The floats of a sample.</summary>
    public int Length { get; }

    /// <summary>The elements of all samples.</summary>
    public long ElementCount { get; }

    /// <summary>The factor on bytes; 1 for floats.</summary>
    public float Scale { get; }

    /// <summary>Whether the inputs are stored as floats.</summary>
    public bool IsFloats { get; }

    /// <summary>Bytes that become byte · scale.</summary>
    /// <param name="bytes">(count, length), row-major; nobody changes them any more.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="length">The elements of a sample.</param>
    public static SampleInputs Of(ReadOnlyMemory<byte> bytes, float scale, int length) => new(bytes, default, isFloats: false, scale, length, null);

    /// <summary>Floats.</summary>
    /// <param name="floats">(count, length), row-major; nobody changes them any more.</param>
    /// <param name="length">The elements of a sample.</param>
    public static SampleInputs Of(ReadOnlyMemory<float> floats, int length) => new(default, floats, isFloats: true, 1f, length, null);

    /// <summary>Some of the samples.</summary>
    /// <param name="indices">Their positions, in range.</param>
    public SampleInputs Select(ReadOnlySpan<int> indices)
    {
        int[] rows = indices.ToArray();
        for (int i = 0; _rows is not null && i < rows.Length; i++)
            rows[i] = _rows[rows[i]];
        return new SampleInputs(_bytes, _floats, IsFloats, Scale, Length, rows);
    }

    /// <summary>Samples of several each, one behind the other; what is left at the end is left out.</summary>
    /// <param name="count">How many become one, at most as many as there are.</param>
    public SampleInputs Join(int count)
    {
        int length = Length * count, elements = (int)(ElementCount / length) * length;
        if (_rows is null)
            return IsFloats ? Of(_floats[..elements], length) : Of(_bytes[..elements], Scale, length);

        float[] joined = new float[elements];
        Copy([.. Enumerable.Range(0, elements / Length)], joined);
        return Of(joined, length);
    }

    /// <summary>Gathers samples, without allocating.</summary>
    /// <param name="indices">(n) positions, in range.</param>
    /// <param name="destination">(n, Length), overwritten.</param>
    public void Copy(ReadOnlySpan<int> indices, Span<float> destination)
    {
        if (_rows is null)
        {
            CopyRows(indices, destination);
            return;
        }

        Span<int> rows = stackalloc int[RowsAStep];
        for (int start = 0; start < indices.Length; start += RowsAStep)
        {
            ReadOnlySpan<int> part = indices.Slice(start, Math.Min(RowsAStep, indices.Length - start));
            for (int i = 0; i < part.Length; i++)
                rows[i] = _rows[part[i]];
            CopyRows(rows[..part.Length], destination.Slice(start * Length, part.Length * Length));
        }
    }

    /// <summary>Adds the samples as they are stored, one behind the other.</summary>
    /// <param name="hash">The hash.</param>
    public void AppendTo(Sha256 hash)
    {
        if (_rows is null)
        {
            hash.Append(_bytes.Span);
            hash.AppendValues(_floats.Span);
            return;
        }

        foreach (int row in _rows)
        {
            if (IsFloats)
                hash.AppendValues(_floats.Span.Slice(row * Length, Length));
            else
                hash.Append(_bytes.Span.Slice(row * Length, Length));
        }
    }

    private void CopyRows(ReadOnlySpan<int> rows, Span<float> destination)
    {
        if (!IsFloats)
        {
            ByteScaling.Gather(_bytes.Span, rows, Length, Scale, destination);
            return;
        }

        for (int i = 0; i < rows.Length; i++)
            _floats.Span.Slice(rows[i] * Length, Length).CopyTo(destination[(i * Length)..]);
    }
}
