using System.Globalization;
using NativeNet.Description;
using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>
/// The networks of <c>models</c> over signals learn what models/README.md says that they learn, which has its figures from
/// <c>NATIVENET_MODELS=1 dotnet test --project tests/NativeNet.Tests --filter-class '*.SignalTrainingTests' --show-live-output on --output Detailed</c>.
/// </summary>
public sealed class SignalTrainingTests(ITestOutputHelper output)
{
    private const int Samples = 1024, Test = 512, Batch = 32;

    private static readonly bool IsAskedFor = Environment.GetEnvironmentVariable("NATIVENET_MODELS") is not null;

    /// <summary>What the first weights are drawn from.</summary>
    public static TheoryData<ulong> Seeds => IsAskedFor ? [1, 2, 3] : [1];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_gru_tells_tones_in_noise(ulong seed)
    {
        const int Length = 48;
        (float[] inputs, int[] classes) = new Signals(1).Tones(Samples, Length);
        (float[] unseen, int[] wanted) = new Signals(2).Tones(Test, Length);
        using var session = new TrainingSession<Gru, int>(seed);
        Train(session, inputs, classes, Length, Gru.Training!);

        var scores = new float[Test * 4];
        for (int i = 0; i < Test; i += Batch)
            session.Predict(unseen.AsSpan(i * Length, Batch * Length), scores.AsSpan(i * 4, Batch * 4));
        int right = Enumerable.Range(0, Test).Count(i => scores.AsSpan(i * 4, 4).IndexOf(scores.AsSpan(i * 4, 4).ToArray().Max()) == wanted[i]);
        Reaches("gru, accuracy", seed, right / (double)Test, 0.9, 1.0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_lstm_imitates_a_filter_with_memory(ulong seed)
    {
        const int Length = 32;
        (float[] inputs, float[] targets) = new Signals(1).Filtered(Samples, Length);
        (float[] unseen, float[] wanted) = new Signals(2).Filtered(Test, Length);
        targets = [.. targets.Chunk(Length).Select(static signal => signal[^1])];
        wanted = [.. wanted.Chunk(Length).Select(static signal => signal[^1])];
        using var session = new TrainingSession<Lstm, float>(seed);
        Train(session, inputs, targets, Length, Lstm.Training!);

        double error = 0;
        for (int i = 0; i < Test; i += Batch)
            error += session.Loss(unseen.AsSpan(i * Length, Batch * Length), wanted.AsSpan(i, Batch)) * Batch / Test;
        Reaches("lstm, squared error / variance", seed, error / Variance(wanted), 0.0, 0.02);
    }

    /// <summary>It learns signals of 64 frames and takes one of thousands in pieces of any length; a third of the file's epochs is enough for the gate.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_wavenet_imitates_a_filter_with_memory_frame_by_frame(ulong seed)
    {
        const int Length = 64, Frames = 3000, Piece = 100;
        (float[] inputs, float[] targets) = new Signals(1).Filtered(Samples, Length);
        using var session = new TrainingSession<WaveNet, float>(seed);
        TrainingSpec training = WaveNet.Training!;
        Train(session, inputs, targets, Length, IsAskedFor ? training : training with { Epochs = 4 });

        (float[] unseen, float[] wanted) = new Signals(2).Filtered(1, Frames);
        float[] stream = new float[WaveNet.StreamLength], workspace = new float[WaveNet.ProcessWorkspaceLength], found = new float[Frames];
        for (int frame = 0; frame < Frames; frame += Piece)
            WaveNet.Process(session.Parameters, stream, unseen.AsSpan(frame, Piece), found.AsSpan(frame, Piece), workspace);
        double error = found.Zip(wanted).Average(static pair => Math.Pow(pair.First - pair.Second, 2));
        Reaches("wavenet, squared error / variance", seed, error / Variance(wanted), 0.0, 0.01);
    }

    private void Reaches(string what, ulong seed, double value, double low, double high)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, seed {seed}: {value:G4}"));
        Assert.InRange(value, low, high);
    }

    private static double Variance(float[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    /// <summary>As the file says: adam at its rate.</summary>
    private static void Train<TTarget>(NetworkSession<TTarget> session, float[] inputs, TTarget[] targets, int length, TrainingSpec training)
        where TTarget : unmanaged
    {
        Assert.Equal(UpdateRuleKind.Adam, training.Rule.Kind);
        int own = targets.Length / Samples;
        for (int epoch = 0; epoch < training.Epochs; epoch++)
        {
            for (int i = 0; i < Samples; i += Batch)
                session.Step(inputs.AsSpan(i * length, Batch * length), targets.AsSpan(i * own, Batch * own), new Adam(training.Rule.LearningRate));
        }
    }
}
