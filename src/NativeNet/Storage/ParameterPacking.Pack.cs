using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <content>From files to the buffer; the build packs weights with the same sources.</content>
public static partial class ParameterPacking
{
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
            rowMajor = rowMajor.Slice(slot.Count);
        }
    }

    /// <summary>Copies tensors that lie apart to the packed layout; padding becomes 0.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="tensors">Those of the table in its order, row-major.</param>
    /// <param name="packed">(table.Length), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    internal static void Pack(TensorTable table, ReadOnlyMemory<float>[] tensors, Span<float> packed)
    {
        Check(table, packed.Length, CountOf(tensors));
        packed.Clear();

        for (int i = 0; i < tensors.Length; i++)
            Pack(table.Slots[i], tensors[i].Span, packed);
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

    private static int CountOf(ReadOnlyMemory<float>[] tensors)
    {
        int count = 0;
        for (int i = 0; i < tensors.Length; i++)
            count += tensors[i].Length;
        return count;
    }

    private static void Check(TensorTable table, int packed, int rowMajor)
    {
        if (packed != table.Length)
            throw new ArgumentException($"packed has {packed} floats; the table has {table.Length}", nameof(packed));
        if (rowMajor != table.ParameterCount)
            throw new ArgumentException($"rowMajor has {rowMajor} floats; the table has {table.ParameterCount}", nameof(rowMajor));
    }
}
