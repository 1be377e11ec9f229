using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Training;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Training;

/// <summary>Sessions, runs, checkpoints and teams take a network that was read at run time, and give the bits of the generated one.</summary>
public sealed class AnyNetworkTests : IDisposable
{
    private static readonly DataSet Samples = DataSet.FromFloats(
        Shape.Of(6, 5, 3),
        [.. Enumerable.Range(0, 50 * 90).Select(static i => ((i * 37 % 101) - 50) / 64f)],
        [.. Enumerable.Range(0, 50).Select(static i => i * i % 5)],
        classCount: 5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Epochs_give_the_same_bits(int threads)
    {
        using var generated = new TrainingSession<BatchNormed>(7);
        using var interpreted = new NetworkSession<int>(new InterpretedNetwork(GeneratedNetwork<BatchNormed, int>.Instance), 7, threads);
        Assert.Equal(generated.Parameters, interpreted.Parameters);

        for (int epoch = 0; epoch < 3; epoch++)
            Assert.Equal(generated.TrainEpoch(Samples, new Adam(0.01f)).Loss, interpreted.TrainEpoch(Samples, new Adam(0.01f)).Loss);
        Assert.Equal(generated.Parameters, interpreted.Parameters);
        Assert.Equal(generated.Evaluate(Samples), interpreted.Evaluate(Samples));
    }

    [Fact]
    public void Gathered_gradients_give_the_same_bits()
    {
        using var generated = new TrainingSession<BatchNormed>(8);
        using var interpreted = new NetworkSession<int>(new InterpretedNetwork(GeneratedNetwork<BatchNormed, int>.Instance), 8);
        foreach (NetworkSession<int> session in (NetworkSession<int>[])[generated, interpreted])
        {
            session.AccumulateBatch(Samples);
            session.AccumulateBatch(Samples);
            session.StepAccumulated(new Momentum(0.1f), maximumNorm: 0.5f);
        }

        Assert.Equal(generated.Parameters, interpreted.Parameters);
    }

    [Fact]
    public void A_run_goes_on_from_the_checkpoint_of_the_other()
    {
        var options = new TrainingRunOptions { Schedule = new StepDecay(0.5f, 1), Validation = Samples, Stopping = new EarlyStopping(5) };
        using var whole = new TrainingSession<BatchNormed>(9);
        var expected = new TrainingRun<BatchNormed, Nesterov>(whole, Samples, new Nesterov(0.02f), options);
        expected.TrainEpoch();
        expected.TrainEpoch();

        using var interpreted = new NetworkSession<int>(new InterpretedNetwork(GeneratedNetwork<BatchNormed, int>.Instance), 9);
        var first = new NetworkRun<int, Nesterov>(interpreted, Samples, new Nesterov(0.02f), options);
        first.TrainEpoch();
        first.Save(_folder.File("c"));

        using var generated = new TrainingSession<BatchNormed>(9);
        var second = new TrainingRun<BatchNormed, Nesterov>(generated, Samples, new Nesterov(0.02f), options);
        second.Load(_folder.File("c"));
        second.TrainEpoch();

        Assert.Equal(expected.Session.Parameters, second.Session.Parameters);
        Assert.Equal(expected.Record.ValidationLoss, second.Record.ValidationLoss);
        Assert.Equal(expected.KeptParameters, second.KeptParameters);
    }

    [Fact]
    public void Lengths_are_checked()
    {
        var network = new InterpretedNetwork(GeneratedNetwork<BatchNormed, int>.Instance);
        float[] parameters = new float[network.ParametersLength], workspace = new float[network.TrainingWorkspaceLength];
        float[] inputs = new float[network.InputLength];

        Expect("parameters", () => network.TrainStep(new float[1], [], inputs, [0], new Sgd(0.1f), 1, workspace));
        Expect("state", () => network.TrainStep(parameters, [], inputs, [0], new Momentum(0.1f), 1, workspace));
        Expect("inputs", () => network.TrainStep(parameters, [], new float[1], [0], new Sgd(0.1f), 1, workspace));
        Expect("targets", () => network.TrainStep(parameters, [], inputs, [0, 1], new Sgd(0.1f), 1, workspace));
        Expect("targets", () => network.TrainStep(parameters, [], inputs, [5], new Sgd(0.1f), 1, workspace));
        Expect("workspace", () => network.TrainStep(parameters, [], inputs, [0], new Sgd(0.1f), 1, new float[1]));
        Expect("gradients", () => network.Gradients(parameters, inputs, [0], new float[1], workspace));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainStep(parameters, [], inputs, [0], new Sgd(0.1f), 0, workspace));
    }

    private static void Expect(string name, Func<object> call)
        => Assert.Equal(name, Assert.Throws<ArgumentException>(call).ParamName);
}
