using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A drawn network with drawn numbers, and what the reference makes of them: computed once, compared at each width.</summary>
internal sealed class DifferentialCase
{
    /// <summary>Decides what dropout drops.</summary>
    public const ulong DropSeed = 0x123456789ABCDEF;

    private readonly ReferenceNetwork<float> _reference;
    private readonly Array _targets;
    private readonly int _targetLength;
    private readonly bool[] _isVector, _isTrained;

    /// <summary>A network that is drawn too.</summary>
    /// <param name="seed">Decides network and numbers.</param>
    public DifferentialCase(int seed)
        : this(seed, NetworkDraw.Create(seed))
    {
    }

    /// <summary>A network of a file with drawn numbers.</summary>
    /// <param name="seed">Decides the numbers.</param>
    /// <param name="json">The network.</param>
    public DifferentialCase(int seed, string json)
    {
        Seed = seed;
        Json = json;
        Spec = NetworkSpec.Parse(Json);
        _reference = new ReferenceNetwork<float>(Spec);

        var draw = new NumberDraw(seed);
        Full = Spec.BatchSize;
        Partial = Math.Max(1 + draw.Below(Full), Spec.LeastSamples);
        _isVector = [.. Spec.Layers.SelectMany(static layer => layer.Parameters).SelectMany(static tensor => Enumerable.Repeat(tensor.Dimensions.Count == 1, tensor.Count))];
        IsGathered = [.. Spec.Layers.SelectMany(static layer => layer.Parameters).SelectMany(static tensor => Enumerable.Repeat(tensor.IsGathered, tensor.Count))];
        _isTrained = [.. Spec.Layers.SelectMany(static layer => layer.Parameters.SelectMany(tensor => Enumerable.Repeat(layer.IsTrained(tensor), tensor.Count)))];
        Parameters = draw.Parameters(IsGathered);
        Inputs = draw.Inputs(Full * Spec.Input.Length);
        bool isClasses = Spec.Loss == LossKind.SoftmaxCrossEntropy;
        _targetLength = Spec.TargetLength;
        _targets = isClasses
            ? Enumerable.Range(0, Full * _targetLength).Select(_ => draw.Below(Spec.Output.Channels)).ToArray()
            : Enumerable.Range(0, Full * _targetLength).Select(_ => draw.Share()).ToArray();
        Scores = _reference.Predict(Parameters, Inputs);
        Signal = Spec.NotCausal is null ? DrawnSignal.Create(Spec, draw, Parameters) : null;
    }

    public int Seed { get; }

    public string Json { get; }

    public NetworkSpec Spec { get; }

    /// <summary>The samples of a whole batch.</summary>
    public int Full { get; }

    /// <summary>The samples of a smaller batch, which are the first of the whole one.</summary>
    public int Partial { get; }

    /// <summary>(ParameterCount), row-major.</summary>
    public float[] Parameters { get; }

    /// <summary>Which parameters are running averages.</summary>
    public bool[] IsGathered { get; }

    /// <summary>(Full, input length).</summary>
    public float[] Inputs { get; }

    /// <summary>(Full, output length): what every prediction is compared with, since samples do not see each other.</summary>
    public float[] Scores { get; }

    /// <summary>Of a causal network, a signal that is longer than the network's input.</summary>
    public DrawnSignal? Signal { get; }

    /// <summary>One factor a class on the loss in training; empty for 1.</summary>
    public float[] ClassWeights { get; private set; } = [];

    /// <summary>Gives the classes weights, some of them 0, where there are classes.</summary>
    public void WeighClasses()
    {
        var draw = new NumberDraw(~Seed);
        if (Spec.Loss == LossKind.SoftmaxCrossEntropy)
            ClassWeights = [.. Enumerable.Range(0, Spec.Output.Channels).Select(_ => draw.Below(5) == 0 ? 0 : 4 * draw.Share())];
    }

    public ReadOnlySpan<float> InputsOf(int count) => Inputs.AsSpan(0, count * Spec.Input.Length);

    /// <summary>Class numbers or values, as the loss takes them.</summary>
    public Array TargetsOf(int count) => _targets is int[] labels ? labels[..(count * _targetLength)] : ((float[])_targets)[..(count * _targetLength)];

    public float Loss(int count) => TargetsOf(count) switch
    {
        int[] labels => _reference.Loss(Parameters, InputsOf(count), labels.AsSpan()),
        Array values => _reference.Loss(Parameters, InputsOf(count), ((float[])values).AsSpan()),
    };

    /// <summary>Has stateful layers begin anew.</summary>
    public void ResetStates() => _reference.ResetStates();

    public (float Loss, float[] Gradients) Backpropagate(float[] parameters, int count, TrainingDraw draw) => TargetsOf(count) switch
    {
        int[] labels => _reference.Backpropagate(parameters, InputsOf(count), labels.AsSpan(), draw, ClassWeights),
        Array values => _reference.Backpropagate(parameters, InputsOf(count), ((float[])values).AsSpan(), draw),
    };

    /// <summary>The parameters with the running averages of a batch.</summary>
    public float[] Averaged(float[] parameters, int count, TrainingDraw draw)
    {
        float[] averaged = [.. parameters];
        _reference.UpdateRunningAverages(averaged, InputsOf(count), draw);
        return averaged;
    }

    /// <summary>Two steps of a rule: a whole batch, then the smaller one.</summary>
    public IReadOnlyList<ReferenceStep> Train<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        ResetStates();
        var steps = new List<ReferenceStep>();
        float[] parameters = Parameters, first = new float[Parameters.Length], second = new float[Parameters.Length];
        foreach (int count in (int[])[Full, Partial])
        {
            int number = steps.Count + 1;
            var draw = new TrainingDraw(DropSeed, number);
            (float loss, float[] gradients) = Backpropagate(parameters, count, draw);
            float[] updated = Averaged(parameters, count, draw);
            (first, second) = ([.. first], [.. second]);
            TRule atStep = rule.AtStep(number), ofVectors = TRule.ForVectors(in atStep);
            for (int i = 0; i < updated.Length; i++)
            {
                if (_isTrained[i])
                    updated[i] = (_isVector[i] ? ofVectors : atStep).Update(parameters[i], gradients[i], ref first[i], ref second[i]);
            }

            steps.Add(new ReferenceStep(count, loss, updated, [first, second]));
            parameters = updated;
        }

        return steps;
    }
}

/// <summary>A training step of the reference.</summary>
/// <param name="Count">The samples.</param>
/// <param name="Loss">Before the update.</param>
/// <param name="Parameters">(ParameterCount), behind it.</param>
/// <param name="State">The rule's values of state, as many as it may have, each (ParameterCount).</param>
internal sealed record ReferenceStep(int Count, float Loss, float[] Parameters, float[][] State);
