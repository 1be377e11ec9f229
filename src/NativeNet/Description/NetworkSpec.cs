namespace NativeNet.Description;

/// <summary>A network that has been checked: every field is in range, every shape fits the next.</summary>
/// <remarks>
/// A record without text spans or symbols, compared by value: it is the key under which the generator caches its
/// output, so moving text in the file re-reports diagnostics but emits nothing again.
/// </remarks>
/// <param name="Input">The shape of one input sample.</param>
/// <param name="Layers">The layers from input to output, at least one of them with parameters.</param>
/// <param name="Loss">What training minimises, or null for a network that only predicts.</param>
/// <param name="BatchSize">The most samples in one call of a batched operation, at least 1.</param>
/// <param name="Training">How the network is meant to be trained, or null where the file does not say.</param>
/// <param name="Classes">What the classes are called, one name a score; empty where the file does not say.</param>
/// <param name="Budget">What it may cost, or null where the file does not say.</param>
public sealed partial record NetworkSpec(
    Shape Input, EquatableArray<LayerSpec> Layers, LossKind? Loss, int BatchSize, TrainingSpec? Training = null,
    EquatableArray<string> Classes = default, BudgetSpec? Budget = null)
{
    /// <summary>The shape of the scores of one sample: what the last layer puts out.</summary>
    public Shape Output => Layers[Layers.Count - 1].Output;

    /// <summary>The targets of one sample: a class number for each position of the output, which has one position where it is a vector; or as many values as it has.</summary>
    public int TargetLength => Loss == LossKind.SoftmaxCrossEntropy ? Output.Positions : Output.Length;

    /// <summary>
    /// The first layer that does not take a signal frame by frame, of a network whose input is no signal the first of all; null
    /// where all do, so that the network can be a stream's.
    /// </summary>
    public LayerSpec? NotCausal => Input.Rank == 2 ? Layers.FirstOrDefault(static layer => layer.OverFrames(1) is null) : Layers[0];

    /// <summary>The same network for predictions over so many frames of a signal that goes on; null where a layer is not causal.</summary>
    /// <param name="frames">The frames, at least 1. Of a network that puts out a vector, only 1 has an output for every frame.</param>
    internal NetworkSpec? OverFrames(int frames)
        => NotCausal is not null
            ? null
            : new NetworkSpec(
                Shape.Of(frames, Input.Channels), new EquatableArray<LayerSpec>([.. Layers.Select(layer => layer.OverFrames(frames)!)]), Loss: null, BatchSize: 1);

    /// <summary>The fewest samples of a training step: 2 where a batchNorm would see one value a channel of one sample, else 1.</summary>
    public int LeastSamples => Layers.Max(static layer => layer.LeastSamples);

    /// <summary>Whether a training step goes on where the last one stood, by its recurrent layers that are stateful.</summary>
    public bool IsStateful => Layers.Any(static layer => layer is RecurrentSpec { IsStateful: true });

    /// <summary>For every layer whether training changes what it puts out: it learns, or a layer that it reads does. Gradients go back to these alone.</summary>
    internal bool[] FindLearning()
    {
        bool[] learns = new bool[Layers.Count];
        for (int i = 0; i < learns.Length; i++)
            learns[i] = Layers[i].Learns || Layers[i].Sources.Any(source => source >= 0 && learns[source]);
        return learns;
    }

    /// <summary>The elements of all tensors that the layers keep.</summary>
    public int ParameterCount => checked((int)Layers.Sum(static layer => layer.ParameterCount));
}
