using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Storage;

/// <summary>A tensor of parameters and where it starts in their row-major order.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Shape">The shape in files.</param>
/// <param name="Start">The first float among the row-major parameters.</param>
internal sealed record ParameterSlot(string Name, ImmutableArray<int> Shape, int Start)
{
    /// <summary>The tensors of a layout in row-major order.</summary>
    /// <param name="layout">The layout of a network's parameters.</param>
    public static IEnumerable<ParameterSlot> Of(ParameterLayout layout)
    {
        int start = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            yield return new ParameterSlot(tensor.Name, [.. tensor.Spec.Dimensions], start);
            start += tensor.Spec.Count;
        }
    }

    /// <summary>The tensor with its values.</summary>
    /// <param name="rowMajor">All parameters in row-major order.</param>
    public SafetensorsTensor Of(float[] rowMajor)
        => new(Name, Shape, rowMajor.AsMemory(Start, SafetensorsFile.CountElements(Shape.AsSpan()) ?? 0));
}
