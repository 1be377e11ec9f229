using NativeNet.Description;

namespace NativeNet.Tensors;

/// <summary>The tensors of a network in the order of files, and where each lies in the parameter buffer.</summary>
/// <remarks>
/// Generated code carries its table as a constant; saving, loading and everything that looks at parameters goes by it.
/// Gradients have the same layout, and optimizer state has that of what is trained, which lies in front: what an update changes
/// is one stretch. Behind it lie tensors that are gathered, such as running averages, and last those that are frozen.
/// </remarks>
/// <param name="Slots">The tensors, layer by layer, in the order in which each layer names them.</param>
/// <param name="TrainedLength">The floats at the start of the buffer that are trained, padding included.</param>
/// <param name="Length">The floats of the whole buffer, padding included.</param>
/// <param name="ParameterCount">The parameters themselves, without padding.</param>
/// <param name="NeedsLayout">Whether shapes do not tell these tensors from those of another library, which has elements in another order.</param>
public sealed record TensorTable(EquatableArray<TensorSlot> Slots, int TrainedLength, int Length, int ParameterCount, bool NeedsLayout = false)
{
    /// <summary>The tensor of a name.</summary>
    /// <param name="name">Its name in files, for example <c>layers.1.weight</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TensorSlot this[string name]
    {
        get
        {
            for (int i = 0; i < Slots.Count; i++)
            {
                if (Slots[i].Name == name)
                    return Slots[i];
            }

            throw new ArgumentException($"There is no tensor '{name}'.", nameof(name));
        }
    }
}
