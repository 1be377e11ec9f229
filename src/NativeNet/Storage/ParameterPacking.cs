using NativeNet.Description;

namespace NativeNet.Storage;

/// <summary>Between the packed parameter buffer and the row-major order of files and of the reference network.</summary>
/// <remarks>
/// Row-major order is all tensors one behind the other, layer by layer, outputs first: for a dense layer the weights,
/// (units, inputs), then the biases, (units). That is how PyTorch's Linear keeps them.
/// </remarks>
public static class ParameterPacking
{
    /// <summary>Copies packed parameters to row-major order; padding is left out.</summary>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="packed">(layout.Length).</param>
    /// <param name="rowMajor">(layout.ParameterCount), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Unpack(ParameterLayout layout, ReadOnlySpan<float> packed, Span<float> rowMajor)
    {
        Check(layout, packed.Length, rowMajor.Length);

        int next = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            for (int n = 0; n < tensor.Matrix.Columns; n++)
            {
                int index = tensor.Offset + tensor.Matrix.IndexOf(0, n), step = tensor.Matrix.RowStep(n);
                for (int k = 0; k < tensor.Matrix.Rows; k++, index += step)
                    rowMajor[next++] = packed[index];
            }
        }
    }

    /// <summary>Copies row-major parameters to the packed layout; padding becomes 0.</summary>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="rowMajor">(layout.ParameterCount).</param>
    /// <param name="packed">(layout.Length), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Pack(ParameterLayout layout, ReadOnlySpan<float> rowMajor, Span<float> packed)
    {
        Check(layout, packed.Length, rowMajor.Length);
        packed.Clear();

        foreach (ParameterTensor tensor in layout.Tensors)
        {
            Pack(tensor, rowMajor[..tensor.Spec.Count], packed);
            rowMajor = rowMajor[tensor.Spec.Count..];
        }
    }

    /// <summary>Copies tensors that lie apart to the packed layout; padding becomes 0.</summary>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="tensors">Those of the layout in its order, row-major.</param>
    /// <param name="packed">(layout.Length), overwritten.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    internal static void Pack(ParameterLayout layout, IReadOnlyList<ReadOnlyMemory<float>> tensors, Span<float> packed)
    {
        Check(layout, packed.Length, tensors.Sum(static tensor => tensor.Length));
        packed.Clear();

        for (int i = 0; i < tensors.Count; i++)
            Pack(layout.Tensors[i], tensors[i].Span, packed);
    }

    private static void Pack(ParameterTensor tensor, ReadOnlySpan<float> rowMajor, Span<float> packed)
    {
        int next = 0;
        for (int n = 0; n < tensor.Matrix.Columns; n++)
        {
            int index = tensor.Offset + tensor.Matrix.IndexOf(0, n), step = tensor.Matrix.RowStep(n);
            for (int k = 0; k < tensor.Matrix.Rows; k++, index += step)
                packed[index] = rowMajor[next++];
        }
    }

    private static void Check(ParameterLayout layout, int packed, int rowMajor)
    {
        if (packed != layout.Length)
            throw new ArgumentException($"packed has {packed} floats; the layout has {layout.Length}", nameof(packed));
        if (rowMajor != layout.ParameterCount)
            throw new ArgumentException($"rowMajor has {rowMajor} floats; the layout has {layout.ParameterCount}", nameof(rowMajor));
    }
}
