using System.Collections.Immutable;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <summary>A tensor of parameters and where it starts in their row-major order.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Shape">The shape in files.</param>
/// <param name="Start">The first float among the row-major parameters.</param>
/// <param name="Count">Its elements.</param>
internal sealed record ParameterSlot(string Name, ImmutableArray<int> Shape, int Start, int Count)
{
    /// <summary>The tensors of a table in row-major order.</summary>
    /// <param name="table">The tensors of a network.</param>
    public static IEnumerable<ParameterSlot> Of(TensorTable table)
    {
        int start = 0;
        foreach (TensorSlot slot in table.Slots)
        {
            yield return new ParameterSlot(slot.Name, [.. slot.Shape], start, slot.Count);
            start += slot.Count;
        }
    }

    /// <summary>The tensors of a network in row-major order.</summary>
    /// <param name="spec">The network.</param>
    public static IEnumerable<ParameterSlot> Of(NetworkSpec spec)
    {
        int start = 0;
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                yield return new ParameterSlot(TensorSlot.NameOf(layer.Index, parameter.Name), [.. parameter.Dimensions], start, parameter.Count);
                start += parameter.Count;
            }
        }
    }

    /// <summary>The tensor with its values.</summary>
    /// <param name="rowMajor">All parameters in row-major order.</param>
    public SafetensorsTensor Of(ReadOnlyMemory<float> rowMajor) => new(Name, Shape, rowMajor.Slice(Start, Count));
}
