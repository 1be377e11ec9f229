using System.Diagnostics;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Folding;
using NativeNet.Numerics;
using NativeNet.Program.Bench;
using NativeNet.Storage;
using NativeNet.Training;
using static TorchSharp.torch;

namespace NativeNet.PeerBenchmarks;

/// <summary>A generated network, ONNX Runtime's and libtorch's of the same parameters and samples.</summary>
/// <typeparam name="TNetwork">The network that trains.</typeparam>
/// <typeparam name="TFolded">The same as folding leaves it, which predicts.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
internal sealed class PeerComparison<TNetwork, TFolded, TTarget> : PeerComparison
    where TNetwork : struct, INetwork<TTarget>
    where TFolded : struct, INetwork
    where TTarget : unmanaged
{
    private const ulong Seed = 1;

    private const int FewestRounds = 5;

    /// <summary>Too slow for any number of steps to lead the parameters out of the ordinary.</summary>
    private static readonly (float LearningRate, float Epsilon) Measured = (1e-7f, 1e-8f);

    /// <summary>
    /// The first step of Adam goes by the sign of a gradient that is large beside epsilon, and roundings decide the sign of one that
    /// is 0 but for them, such as that of a bias before a batchNorm. It is to go by what the gradients are.
    /// </summary>
    private static readonly (float LearningRate, float Epsilon) Compared = (1e-3f, 1e-3f);

    private readonly string _name;
    private readonly NetworkSpec _spec = NetworkSpec.Parse(TNetwork.Json);
    private readonly TrainingSession<TNetwork, TTarget> _session = new(Seed);
    private readonly AlignedBuffer<float> _inputs = new(TNetwork.BatchSize * TNetwork.InputLength);
    private readonly AlignedBuffer<float> _foldedParameters = new(TFolded.ParametersLength);
    private readonly AlignedBuffer<float> _scores = new(TFolded.OutputLength);
    private readonly AlignedBuffer<float> _workspace = new(TFolded.PredictWorkspaceLength);
    private readonly TTarget[] _targets = new TTarget[TNetwork.BatchSize * TNetwork.TargetLength];
    private readonly OnnxNetwork _onnx;
    private readonly TorchNetwork[] _torch;

    /// <summary>Gives all the same parameters and samples, and makes sure that they compute the same.</summary>
    /// <param name="name">What the network is called.</param>
    /// <param name="hasTorch">Whether libtorch is there.</param>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public PeerComparison(string name, bool hasTorch)
    {
        _name = name;
        Draw(new Random((int)Seed));

        // Fresh biases and running means are 0, and nobody would miss them.
        for (int step = 0; step < 3; step++)
            _session.Step(_inputs.Span, _targets, Rule(Compared));
        float[] parameters = new float[_spec.ParameterCount];
        ParameterPacking.Unpack(TNetwork.Tensors, _session.Parameters, parameters);

        FoldedNetwork folded = NetworkFolding.Fold(_spec, parameters);
        ParameterPacking.Pack(TFolded.Tensors, folded.Parameters.AsSpan(), _foldedParameters.Span);
        _onnx = new OnnxNetwork(NetworkSpec.Parse(TFolded.Json), folded.Parameters.AsSpan(), Sample);
        _torch = hasTorch ? [.. Layouts.Select(isChannelsLast => Torch(parameters, isChannelsLast, Measured))] : [];

        CheckScores();
        if (hasTorch)
            CheckSteps(parameters);
    }

    private ReadOnlySpan<float> Sample => _inputs.Span[..TNetwork.InputLength];

    /// <summary>Whether channels lie last: of images both ways, and without convolutions there is but one.</summary>
    private bool[] Layouts => _spec.Layers.Any(static layer => layer is ConvSpec) ? [false, true] : [false];

    /// <inheritdoc/>
    public override PeerFigures Measure(TimeSpan duration)
    {
        var robin = new RoundRobin(
        [
            new Workload("one sample", 0, Predict),
            new Workload("one sample, ONNX Runtime", 0, _onnx.Predict),
            new Workload("step, adam", 0, () => _session.Step(_inputs.Span, _targets, Rule(Measured))),
            .. _torch.Select(static torch => new Workload("step, adam, libtorch", 0, () => torch.Step())),
        ]);

        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < FewestRounds || Stopwatch.GetElapsedTime(start) < duration; round++)
            robin.RunRound();

        double[] seconds = [.. robin.Results.Select(static result => result.Seconds)];
        return new PeerFigures(
            _name, TNetwork.BatchSize, seconds[0], seconds[1], seconds[2],
            seconds.Length > 3 ? seconds[3] : null, seconds.Length > 4 ? seconds[4] : null);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (TorchNetwork torch in _torch)
            torch.Dispose();
        _onnx.Dispose();
        _workspace.Dispose();
        _scores.Dispose();
        _foldedParameters.Dispose();
        _inputs.Dispose();
        _session.Dispose();
    }

    private void Predict() => TFolded.Predict(_foldedParameters.Span, Sample, _scores.Span, _workspace.Span);

    private static Adam Rule((float LearningRate, float Epsilon) rates) => new(rates.LearningRate, epsilon: rates.Epsilon);

    private TorchNetwork Torch(float[] parameters, bool isChannelsLast, (float LearningRate, float Epsilon) rates, ScalarType type = ScalarType.Float32)
        => new(_spec, parameters, _inputs.Span, _targets, isChannelsLast, rates.LearningRate, rates.Epsilon, type);

    /// <summary>Arbitrary samples from 0 to 1, with classes or values.</summary>
    private void Draw(Random random)
    {
        foreach (ref float value in _inputs.Span)
            value = random.NextSingle();
        foreach (ref int label in typeof(TTarget) == typeof(int) ? MemoryMarshal.Cast<TTarget, int>(_targets.AsSpan()) : [])
            label = random.Next(TNetwork.OutputLength / TNetwork.TargetLength);
        foreach (ref float value in typeof(TTarget) == typeof(float) ? MemoryMarshal.Cast<TTarget, float>(_targets.AsSpan()) : [])
            value = random.NextSingle();
    }

    /// <summary>The folded network, ONNX Runtime and libtorch must predict what the network predicts.</summary>
    private void CheckScores()
    {
        float[] scores = new float[TNetwork.BatchSize * TNetwork.OutputLength];
        _session.Predict(_inputs.Span, scores);
        float tolerance = Agreement.Tolerance(_spec, scores);
        ReadOnlySpan<float> first = scores.AsSpan(0, TNetwork.OutputLength);

        Predict();
        Agreement.Check($"{_name}, scores, folded", tolerance, first, _scores.Span);
        _onnx.Predict();
        Agreement.Check($"{_name}, scores, ONNX Runtime", tolerance, first, _onnx.Scores);
        foreach (TorchNetwork torch in _torch)
            Agreement.Check($"{_name}, scores, libtorch", tolerance, scores, torch.Scores());
    }

    /// <summary>
    /// The losses before a step and after it must be those of libtorch in double precision, with dropout that drops what is dropped
    /// here. How much roundings weigh in a network of many batchNorms shows in single precision: it may be twice as much here.
    /// </summary>
    private void CheckSteps(float[] parameters)
    {
        using var session = new TrainingSession<TNetwork, TTarget>(Seed);
        ParameterPacking.Pack(TNetwork.Tensors, parameters, session.Parameters);
        float[] losses = [.. Enumerable.Range(0, 2).Select(_ => session.Step(_inputs.Span, _targets, Rule(Compared)))];

        float[] exact = TorchLosses(parameters, isChannelsLast: false, ScalarType.Float64);
        float roundings = Layouts.Max(isChannelsLast => Agreement.Distance(exact, TorchLosses(parameters, isChannelsLast, ScalarType.Float32)));
        Agreement.Check($"{_name}, losses, libtorch", MathF.Max(Agreement.Tolerance(_spec, exact), 2 * roundings), exact, losses);
    }

    private float[] TorchLosses(float[] parameters, bool isChannelsLast, ScalarType type)
    {
        using TorchNetwork torch = Torch(parameters, isChannelsLast, Compared, type);
        return [.. Enumerable.Range(1, 2).Select(step => torch.Step(layer => Keeps(layer, new TrainingDraw(Seed, step))))];
    }

    private static float[] Keeps(DropoutSpec layer, TrainingDraw draw)
    {
        var mask = new DropoutMask(draw, layer.Index, layer.Rate);
        int length = layer.Input.Length;
        return [.. Enumerable.Range(0, TNetwork.BatchSize * length).Select(i => mask.Keeps((uint)(i / length), (uint)(i % length)) ? mask.Scale : 0f)];
    }
}
