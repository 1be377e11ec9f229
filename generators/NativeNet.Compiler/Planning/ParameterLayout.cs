using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>A tensor of parameters with its place in a network's parameter buffer.</summary>
/// <param name="Spec">The tensor as its layer names it.</param>
/// <param name="Slot">Where it lies.</param>
internal sealed record ParameterTensor(ParameterSpec Spec, TensorSlot Slot)
{
    /// <summary>The layer's position in the file.</summary>
    public int LayerIndex => Slot.Layer;

    /// <summary>The stream of its random numbers, as a layer's position.</summary>
    public int Stream => Spec.IsRecurrent ? RandomStreams.RecurrentLayer(LayerIndex) : LayerIndex;

    /// <summary>Its name in files, for example <c>layers.1.weight</c>.</summary>
    public string Name => Slot.Name;

    /// <summary>Its first float.</summary>
    public int Offset => Slot.Offset;

    /// <summary>Its layout: the offsets of its elements count from <see cref="Offset"/>.</summary>
    public PanelMatrix Matrix => Slot.Matrix;
}

/// <summary>The layout of a network's parameter buffer on one target, the same on every instruction set.</summary>
/// <remarks>
/// Files hold plain row-major tensors; here a target says how they lie in memory. Plans take offsets and panels from this, and
/// generated code carries <see cref="Table"/>, by which saving and loading go.
/// </remarks>
/// <param name="Tensors">The tensors, layer by layer, in the order in which each layer names them.</param>
/// <param name="Table">The same for who runs the network.</param>
internal sealed record ParameterLayout(EquatableArray<ParameterTensor> Tensors, TensorTable Table)
{
    /// <summary>The floats of the tensors that are trained, padding included.</summary>
    public int TrainedLength => Table.TrainedLength;

    /// <summary>The floats of the tensors that training changes, trained or gathered, padding included: frozen ones lie behind.</summary>
    public int LearnedLength => Tensors.Where(static tensor => tensor.Slot.IsFrozen).Select(static tensor => tensor.Offset).DefaultIfEmpty(Length).Min();

    /// <summary>The floats of the whole buffer, padding included.</summary>
    public int Length => Table.Length;

    /// <summary>The parameters themselves, without padding.</summary>
    public int ParameterCount => Table.ParameterCount;

    /// <summary>Lays out the parameters of <paramref name="spec"/>, layer by layer, tensor by tensor: what is trained, then what is gathered, then what is frozen.</summary>
    /// <param name="spec">A network that passed validation.</param>
    /// <param name="target">What code is made for.</param>
    /// <exception cref="OverflowException">The buffer is longer than an <see cref="int"/> counts.</exception>
    public static ParameterLayout Create(NetworkSpec spec, Target target)
    {
        long trained = RoomWhere(static (layer, tensor) => layer.IsTrained(tensor));
        long next = 0, nextGathered = trained, nextFrozen = trained + RoomWhere(static (layer, tensor) => tensor.IsGathered && !layer.IsFrozen(tensor));
        var tensors = new List<ParameterTensor>();
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                bool isFrozen = layer.IsFrozen(parameter);
                ref long offset = ref isFrozen ? ref nextFrozen : ref parameter.IsGathered ? ref nextGathered : ref next;
                tensors.Add(new ParameterTensor(parameter, new TensorSlot(
                    layer.Index, TensorSlot.NameOf(layer.Index, parameter.Name), parameter.Dimensions,
                    checked((int)offset), target.PanelWidth(parameter), parameter.IsGathered, target.Gates(parameter), isFrozen)));
                offset += Room(parameter, target);
            }
        }

        var slots = new EquatableArray<TensorSlot>([.. tensors.Select(static tensor => tensor.Slot)]);
        return new ParameterLayout(
            new EquatableArray<ParameterTensor>([.. tensors]),
            new TensorTable(slots, checked((int)trained), checked((int)nextFrozen), spec.ParameterCount, OrderOfElements.IsAmbiguous(spec)));

        long RoomWhere(Func<LayerSpec, ParameterSpec, bool> belongs)
            => spec.Layers.Sum(layer => layer.Parameters.Where(tensor => belongs(layer, tensor)).Sum(tensor => Room(tensor, target)));
    }

    /// <summary>The floats of a tensor and of the gap behind it.</summary>
    private static long Room(ParameterSpec parameter, Target target)
    {
        int columns = parameter.Dimensions[0];
        long rows = parameter.Count / columns;
        long length = rows * new PanelMatrix(1, columns, target.PanelWidth(parameter), target.Gates(parameter)).PaddedColumns;
        return (length + target.Alignment - 1) / target.Alignment * target.Alignment;
    }
}
