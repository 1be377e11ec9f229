using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <summary>Between the packed parameter buffer and the row-major order of files and of the reference network.</summary>
/// <remarks>
/// Row-major order is all tensors one behind the other, layer by layer, outputs first: for a dense layer the weights,
/// (units, inputs), then the biases, (units). That is how PyTorch's Linear keeps them.
/// </remarks>
public static class ParameterPacking
{
    /// <summary>Copies packed parameters to row-major order; padding is left out.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length).</param>
    /// <param name="rowMajor">(table.ParameterCount), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Unpack(TensorTable table, ReadOnlySpan<float> packed, Span<float> rowMajor)
    {
        Check(table, packed.Length, rowMajor.Length);

        for (int i = 0; i < table.Slots.Count; i++)
        {
            TensorSlot slot = table.Slots[i];
            Unpack(slot, packed, rowMajor);
            rowMajor = rowMajor[slot.Count..];
        }
    }

    /// <summary>Copies row-major parameters to the packed layout; padding becomes 0.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="rowMajor">(table.ParameterCount).</param>
    /// <param name="packed">(table.Length), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Pack(TensorTable table, ReadOnlySpan<float> rowMajor, Span<float> packed)
    {
        Check(table, packed.Length, rowMajor.Length);
        packed.Clear();

        for (int i = 0; i < table.Slots.Count; i++)
        {
            TensorSlot slot = table.Slots[i];
            Pack(slot, rowMajor, packed);
            rowMajor = rowMajor[slot.Count..];
        }
    }

    /// <summary>Copies tensors that lie apart to the packed layout; padding becomes 0.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="tensors">Those of the table in its order, row-major.</param>
    /// <param name="packed">(table.Length), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    internal static void Pack(TensorTable table, IReadOnlyList<ReadOnlyMemory<float>> tensors, Span<float> packed)
    {
        Check(table, packed.Length, tensors.Sum(static tensor => tensor.Length));
        packed.Clear();

        for (int i = 0; i < tensors.Count; i++)
            Pack(table.Slots[i], tensors[i].Span, packed);
    }

    /// <summary>Copies the tensors that are trained to row-major order, in the order of the table; allocates nothing.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length).</param>
    /// <param name="rowMajor">At least (table.ParameterCount); the tensors are written to its start.</param>
    /// <returns>What was written.</returns>
    internal static ReadOnlySpan<float> UnpackTrained(TensorTable table, ReadOnlySpan<float> packed, Span<float> rowMajor)
    {
        int count = 0;
        for (int i = 0; i < table.Slots.Count; i++)
        {
            TensorSlot slot = table.Slots[i];
            if (slot.IsGathered)
                continue;

            Unpack(slot, packed, rowMajor[count..]);
            count += slot.Count;
        }

        return rowMajor[..count];
    }

    /// <summary>A panel is turned in registers: one element after the other would touch every line of it once a column.</summary>
    private static void Unpack(TensorSlot slot, ReadOnlySpan<float> packed, Span<float> rowMajor)
    {
        PanelMatrix matrix = slot.Matrix;
        for (int panel = 0; panel < matrix.PanelCount; panel++)
        {
            int width = matrix.Width(panel), column = panel * matrix.FullWidth, columns = Math.Min(width, matrix.GateColumns - column);
            for (int gate = 0; gate < matrix.Gates; gate++)
            {
                ReadOnlySpan<float> from = packed[(slot.Offset + matrix.PanelOffset(panel) + (gate * width))..];
                Span<float> to = rowMajor.Slice(((gate * matrix.GateColumns) + column) * matrix.Rows, columns * matrix.Rows);
                Transpose.ToRows(
                    ref MemoryMarshal.GetReference(to), (nuint)matrix.Rows, ref MemoryMarshal.GetReference(from),
                    (nuint)(matrix.Gates * width), (nuint)matrix.Rows, (nuint)columns);
            }
        }
    }

    private static void Pack(TensorSlot slot, ReadOnlySpan<float> rowMajor, Span<float> packed)
    {
        PanelMatrix matrix = slot.Matrix;
        int next = 0;
        for (int n = 0; n < matrix.Columns; n++)
        {
            int index = slot.Offset + matrix.IndexOf(0, n), step = matrix.RowStep(n);
            for (int k = 0; k < matrix.Rows; k++, index += step)
                packed[index] = rowMajor[next++];
        }
    }

    private static void Check(TensorTable table, int packed, int rowMajor)
    {
        if (packed != table.Length)
            throw new ArgumentException($"packed has {packed} floats; the table has {table.Length}", nameof(packed));
        if (rowMajor != table.ParameterCount)
            throw new ArgumentException($"rowMajor has {rowMajor} floats; the table has {table.ParameterCount}", nameof(rowMajor));
    }
}
