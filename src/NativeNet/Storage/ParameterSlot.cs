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
    public static ParameterSlot[] Of(TensorTable table)
    {
        var slots = new ParameterSlot[table.Slots.Count];
        int start = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            TensorSlot slot = table.Slots[i];
            slots[i] = new ParameterSlot(slot.Name, ShapeOf(slot.Shape), start, slot.Count);
            start += slot.Count;
        }

        return slots;
    }

    /// <summary>The tensors of a network in row-major order.</summary>
    /// <param name="spec">The network.</param>
    public static ParameterSlot[] Of(NetworkSpec spec)
    {
        var slots = new List<ParameterSlot>();
        int start = 0;
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                slots.Add(new ParameterSlot(TensorSlot.NameOf(layer.Index, parameter.Name), ShapeOf(parameter.Dimensions), start, parameter.Count));
                start += parameter.Count;
            }
        }

        return slots.ToArray();
    }

    /// <summary>The dimensions, copied one by one: what enumerates sequences of any kind is large in an ahead-of-time compiled program.</summary>
    private static ImmutableArray<int> ShapeOf(EquatableArray<int> dimensions)
    {
        int[] shape = new int[dimensions.Count];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = dimensions[i];
        return ImmutableArray.Create(shape);
    }

    /// <summary>The tensor with its values.</summary>
    /// <param name="rowMajor">All parameters in row-major order.</param>
    public SafetensorsTensor Of(ReadOnlyMemory<float> rowMajor) => new(Name, Shape, rowMajor.Slice(Start, Count));
}
