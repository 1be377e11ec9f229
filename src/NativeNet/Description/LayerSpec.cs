namespace NativeNet.Description;

/// <summary>One layer that has been checked. Each type stands below <c>Layers</c>, beside the form that reads and writes it.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>, from 0; names of its tensors carry it.</param>
/// <param name="Input">The shape of one sample that enters; of its first source where there are several.</param>
/// <param name="Output">The shape of one sample that leaves.</param>
public abstract record LayerSpec(int Index, Shape Input, Shape Output)
{
    /// <summary>The word for its type in files.</summary>
    public abstract string Type { get; }

    /// <summary>What the file calls it, so that later layers can read its output too; null where the file does not say.</summary>
    public string? Name { get; init; }

    /// <summary>The layers whose outputs it reads, in the order of its operands; −1 is the network's input.</summary>
    /// <remarks>The layer before, unless the file says otherwise. The same layer may stand here twice.</remarks>
    public EquatableArray<int> Sources { get; init; } = new([Index - 1]);

    /// <summary>What training changes of it.</summary>
    public TrainableParts Trainable { get; init; }

    /// <summary>The tensors that it keeps, in the order of memory and files.</summary>
    public virtual EquatableArray<ParameterSpec> Parameters => default;

    /// <summary>The elements of all its tensors.</summary>
    /// <remarks>Of a layer that is too large too: a convolution's, the most there are, are less than 2⁶¹.</remarks>
    public long ParameterCount => Parameters.Sum(static tensor => tensor.Dimensions.Aggregate(1L, static (count, side) => checked(count * side)));

    /// <summary>Whether a training step changes anything of it along a gradient.</summary>
    public bool Learns => Parameters.Any(IsTrained);

    /// <summary>Whether training leaves one of its tensors as it is.</summary>
    /// <param name="tensor">The tensor.</param>
    public bool IsFrozen(ParameterSpec tensor)
        => Trainable == TrainableParts.None || (Trainable == TrainableParts.Biases && !tensor.IsBias);

    /// <summary>Whether one of its tensors follows a gradient.</summary>
    /// <param name="tensor">The tensor.</param>
    public bool IsTrained(ParameterSpec tensor) => !tensor.IsGathered && !IsFrozen(tensor);

    /// <summary>Whether its output is its input under another shape, so that nothing is computed or moved.</summary>
    public virtual bool IsView => false;

    /// <summary>
    /// The same layer over a stretch of so many frames of a signal that goes on, or null where what it puts out depends on later
    /// frames or on how many there are. What it needs of earlier frames it keeps in the stream.
    /// </summary>
    /// <param name="frames">The frames of the stretch, at least 1.</param>
    public virtual LayerSpec? OverFrames(int frames) => null;

    /// <summary>Floats that training keeps of a sample besides outputs, sums and gradients, at most; prediction needs no more.</summary>
    public virtual long KeptLength => 0;

    /// <summary>The fewest samples that it can train on at once; it predicts from one.</summary>
    public virtual int LeastSamples => 1;

    /// <summary>The multiply-adds of its forward pass for one sample; taps outside of an image are none.</summary>
    public virtual long MultiplyAdds => 0;
}
