using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Reference;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>Truncated backpropagation through time: a step goes on where the last one stood.</summary>
public sealed class StatefulTrainingTests
{
    /// <summary>49 windows: 21 rows, of which the first 7 walk over three windows and the others over two.</summary>
    private static readonly DataSet Windows = Signal(49);

    [Fact]
    public void Rows_of_batches_walk_over_stretches_of_the_signal()
    {
        int[][] steps =
        [
            [.. Enumerable.Range(0, 21).Select(static row => First(row))], [.. Enumerable.Range(0, 21).Select(static row => First(row) + 1)],
            [.. Enumerable.Range(0, 7).Select(static row => First(row) + 2)],
        ];
        Assert.Equal(Enumerable.Range(0, 49), steps.SelectMany(static step => step).Order());

        using var session = new TrainingSession<Stateful>(seed: 5, threads: 2);
        using var byHand = new TrainingSession<Stateful>(seed: 5);
        using var forgetful = new TrainingSession<Stateful>(seed: 5);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            session.TrainEpoch(Windows, new Adam(0.01f));
            byHand.ResetStates();
            foreach (int[] step in steps)
            {
                Step(byHand, step);
                forgetful.ResetStates();
                Step(forgetful, step);
            }
        }

        Assert.Equal(Bits(byHand), Bits(session));
        Assert.NotEqual(Bits(forgetful), Bits(session));

        static int First(int row) => (row * 2) + Math.Min(row, 7);
    }

    [Fact]
    public void What_is_judged_or_predicted_between_two_steps_changes_nothing()
    {
        using var session = new TrainingSession<Stateful>(seed: 5);
        using var judged = new TrainingSession<Stateful>(seed: 5);
        float[] scores = new float[21 * Stateful.OutputLength], inputs = new float[21 * Stateful.InputLength];
        Windows.CopyInputs([.. Enumerable.Range(0, 21)], inputs);
        for (int step = 0; step < 3; step++)
        {
            session.TrainBatch(Windows, new Sgd(0.1f));
            judged.TrainBatch(Windows, new Sgd(0.1f));
            Evaluation first = judged.Evaluate(Windows);
            judged.Predict(inputs, scores);
            Assert.Equal(first, judged.Evaluate(Windows));
        }

        Assert.Equal(Bits(session), Bits(judged));
    }

    /// <summary>Gathered gradients go on from batch to batch as steps do: two windows a row make one signal of both.</summary>
    [Fact]
    public void Gathered_batches_go_on_too()
    {
        using var session = new TrainingSession<Stateful>(seed: 5);
        int[] first = [.. Enumerable.Range(0, 20)], second = [.. Enumerable.Range(20, 20)];
        float carried = Accumulate(session, first, second, resets: false), reset = Accumulate(session, first, second, resets: true);
        Assert.NotEqual(carried, reset);
        session.ResetStates();
        Assert.Equal(carried, Accumulate(session, first, second, resets: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_checkpoint_may_lie_anywhere(int steps)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("c");
        using var session = new TrainingSession<Stateful>(seed: 5);
        var run = new NetworkRun<int, Adam>(session, Windows, new Adam(0.01f));
        for (int step = 0; step < steps; step++)
            run.TrainStep();
        run.Save(path);
        using var resumed = new TrainingSession<Stateful>(seed: 5);
        var other = new NetworkRun<int, Adam>(resumed, Windows, new Adam(0.01f));
        other.TrainStep();
        other.Load(path);
        for (int step = 0; step < 4; step++)
        {
            run.TrainStep();
            other.TrainStep();
        }

        Assert.Equal(Bits(session), Bits(resumed));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var session = new TrainingSession<Stateful>(seed: 5);
        Assert.Equal(0, Allocations.Of(() => session.TrainEpoch(Windows, new Adam(0.01f))));
    }

    /// <summary>The gradients of a second window, whose states the first one has left: central differences in double.</summary>
    [Theory]
    [InlineData("rnn", true)]
    [InlineData("gru", false)]
    [InlineData("lstm", true)]
    public void Gradients_are_those_of_a_window_that_begins_from_the_states_before(string type, bool sequences)
    {
        var spec = NetworkSpec.Parse($$"""
            { "input": [3, 2], "layers": [{ "type": "{{type}}", "units": 4, "returnSequences": {{(sequences ? "true" : "false")}}, "stateful": true }, { "type": "dense", "units": 2 }],
              "loss": "meanSquaredError", "batchSize": 8 }
            """);
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(5);
        const int Count = 3;
        double[] first = Draw(Count * spec.Input.Length), second = Draw(Count * spec.Input.Length), targets = Draw(Count * spec.Output.Length), parameters = Draw(network.ParameterCount);
        double fromZeros = network.Loss(parameters, second, targets);
        double[] before = [.. parameters];

        CentralDifferences.Check(parameters, own =>
        {
            network.ResetStates();
            network.Backpropagate(before, first, targets);
            return network.Backpropagate(own, second, targets);
        });
        network.ResetStates();
        Assert.Equal(fromZeros, network.Backpropagate(parameters, second, targets).Loss);
        Assert.NotEqual(fromZeros, network.Backpropagate(parameters, second, targets).Loss);

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    /// <summary>A window of one signal and the next have the states of one window of both.</summary>
    [Fact]
    public void Two_windows_end_where_one_of_both_does()
    {
        const string Layers = """[{ "type": "lstm", "units": 4, "returnSequences": true, "stateful": true }, { "type": "dense", "units": 1 }], "loss": "meanSquaredError", "batchSize": 8""";
        var half = new ReferenceNetwork<float>(NetworkSpec.Parse($$"""{ "input": [3, 2], "layers": {{Layers}} }"""));
        var whole = new ReferenceNetwork<float>(NetworkSpec.Parse($$"""{ "input": [6, 2], "layers": {{Layers}} }"""));
        var random = new Random(7);
        float[] parameters = Draw(half.ParameterCount), inputs = Draw(12), targets = whole.Predict(parameters, inputs);

        half.Backpropagate(parameters, inputs.AsSpan(0, 6), targets.AsSpan(0, 3));
        Assert.Equal(0, half.Backpropagate(parameters, inputs.AsSpan(6), targets.AsSpan(3)).Loss);

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static float Accumulate(TrainingSession<Stateful> session, int[] first, int[] second, bool resets)
    {
        session.ResetStates();
        Loss(first);
        if (resets)
            session.ResetStates();
        return Loss(second);

        float Loss(int[] samples) => session.Accumulate(InputsOf(samples), LabelsOf(samples));
    }

    private static void Step(TrainingSession<Stateful> session, int[] samples) => session.Step(InputsOf(samples), LabelsOf(samples), new Adam(0.01f));

    private static float[] InputsOf(int[] samples)
    {
        float[] inputs = new float[samples.Length * Stateful.InputLength];
        Windows.CopyInputs(samples, inputs);
        return inputs;
    }

    private static int[] LabelsOf(int[] samples)
    {
        int[] labels = new int[samples.Length * Stateful.TargetLength];
        Windows.CopyLabels(samples, labels);
        return labels;
    }

    private static DataSet Signal(int windows)
    {
        var random = new Philox(3);
        int frames = windows * 5;
        return DataSet.FromFloats(
            Shape.Of(2), [.. Enumerable.Range(0, 2 * frames).Select(i => random.StandardNormal(0, (ulong)i))], [.. Enumerable.Range(0, frames).Select(static i => i * i % 3)], 3).ToSignals(5);
    }

    private static int[] Bits(TrainingSession<Stateful> session) => [.. session.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
