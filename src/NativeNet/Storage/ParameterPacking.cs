using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <summary>Between the packed parameter buffer and the row-major order of files and of the reference network.</summary>
/// <remarks>
/// Row-major order is all tensors one behind the other, layer by layer, outputs first: for a dense layer the weights,
/// (units, inputs), then the biases, (units). That is how PyTorch's Linear keeps them.
/// </remarks>
public static partial class ParameterPacking
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
            if (!slot.IsTrained)
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
}
