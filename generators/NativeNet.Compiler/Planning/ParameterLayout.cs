using System.Collections.Immutable;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>A tensor of parameters with its place in a network's parameter buffer.</summary>
/// <param name="Spec">The tensor as its layer names it.</param>
/// <param name="Slot">Where it lies.</param>
internal sealed record ParameterTensor(ParameterSpec Spec, TensorSlot Slot)
{
    /// <summary>The layer's position in the file.</summary>
    public int LayerIndex => Slot.Layer;

    /// <summary>Its first float.</summary>
    public int Offset => Slot.Offset;

    /// <summary>Its layout: the offsets of its elements count from <see cref="Offset"/>.</summary>
    public PanelMatrix Matrix => Slot.Matrix;
}

/// <summary>The layout of a network's parameter buffer on one target, the same on every instruction set.</summary>
/// <remarks>
/// Files hold plain row-major tensors; this is where a target says how they lie in memory. The planner takes offsets and
/// panels from here, and generated code carries <see cref="Table"/>, by which saving and loading go.
/// </remarks>
/// <param name="Tensors">The tensors, layer by layer, in the order in which each layer names them.</param>
/// <param name="Table">The same for who runs the network.</param>
internal sealed record ParameterLayout(EquatableArray<ParameterTensor> Tensors, TensorTable Table)
{
    /// <summary>Floats of a 64-byte line, on which tensors start where vectors read them.</summary>
    public const int Alignment = 16;

    /// <summary>The columns of a full panel of a dense layer.</summary>
    public const int PanelWidth = 32;

    /// <summary>The floats of the tensors that are trained, padding included.</summary>
    public int TrainedLength => Table.TrainedLength;

    /// <summary>The floats of the whole buffer, padding included.</summary>
    public int Length => Table.Length;

    /// <summary>The parameters themselves, without padding.</summary>
    public int ParameterCount => Table.ParameterCount;

    /// <summary>Lays out the parameters of <paramref name="spec"/>, layer by layer, tensor by tensor, gathered ones last.</summary>
    /// <param name="spec">A network that passed validation.</param>
    /// <param name="alignment">Every tensor starts at a multiple of this many floats.</param>
    /// <param name="inPanels">Whether outputs lie in padded panels, for vectors; else nothing is padded.</param>
    /// <exception cref="OverflowException">The buffer is longer than an <see cref="int"/> counts.</exception>
    public static ParameterLayout Create(NetworkSpec spec, int alignment = Alignment, bool inPanels = true)
    {
        var tensors = ImmutableArray.CreateBuilder<ParameterTensor>();
        long next = 0, nextGathered = spec.Layers.Sum(
            layer => layer.Parameters.Where(static tensor => !tensor.IsGathered).Sum(tensor => Room(tensor, alignment, inPanels)));
        int trained = checked((int)nextGathered);

        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                ref long offset = ref parameter.IsGathered ? ref nextGathered : ref next;
                string name = TensorSlot.NameOf(layer.Index, parameter.Name);
                tensors.Add(new ParameterTensor(parameter, new TensorSlot(
                    layer.Index, name, parameter.Dimensions, checked((int)offset), FullWidth(parameter, inPanels), parameter.IsGathered)));
                offset += Room(parameter, alignment, inPanels);
            }
        }

        EquatableArray<ParameterTensor> all = new(tensors.ToImmutable());
        var table = new TensorTable(
            new EquatableArray<TensorSlot>([.. all.Select(static tensor => tensor.Slot)]), trained, checked((int)nextGathered), spec.ParameterCount);
        return new ParameterLayout(all, table);
    }

    /// <summary>The tensor of a layer by its name, or null where the layer has none of that name.</summary>
    /// <param name="layerIndex">The layer's position in the file.</param>
    /// <param name="name">The name within the layer.</param>
    public ParameterTensor? Find(int layerIndex, string name)
        => Tensors.FirstOrDefault(tensor => tensor.LayerIndex == layerIndex && tensor.Spec.Name == name);

    /// <summary>
    /// Where sums run over a window, all outputs lie in one panel, so that the products of a tap lie in one piece.
    /// </summary>
    private static int FullWidth(ParameterSpec parameter, bool inPanels)
    {
        int columns = parameter.Dimensions[0];
        if (!inPanels)
            return columns;
        return parameter.Dimensions.Count <= 2 ? PanelWidth : Math.Max(PanelWidth, (columns + 15) / 16 * 16);
    }

    /// <summary>The floats of a tensor and of the gap behind it.</summary>
    private static long Room(ParameterSpec parameter, int alignment, bool inPanels)
    {
        int columns = parameter.Dimensions[0];
        long rows = parameter.Count / columns;
        long length = rows * new PanelMatrix(1, columns, FullWidth(parameter, inPanels)).PaddedColumns;
        return (length + alignment - 1) / alignment * alignment;
    }
}
