using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>The networks of <c>models</c> over signals learn what models/README.md says that they learn.</summary>
public sealed class SignalTrainingTests
{
    private const int Samples = 1024, Test = 512, Batch = 32;

    [Fact]
    public void A_gru_tells_tones_in_noise()
    {
        const int Length = 48, Epochs = 12;
        (float[] inputs, int[] classes) = new Signals(1).Tones(Samples, Length);
        (float[] unseen, int[] wanted) = new Signals(2).Tones(Test, Length);
        using var session = new TrainingSession<Gru, int>(seed: 1);
        Train(session, inputs, classes, Length, Epochs);

        var scores = new float[Test * 4];
        for (int i = 0; i < Test; i += Batch)
            session.Predict(unseen.AsSpan(i * Length, Batch * Length), scores.AsSpan(i * 4, Batch * 4));
        int right = Enumerable.Range(0, Test).Count(i => scores.AsSpan(i * 4, 4).IndexOf(scores.AsSpan(i * 4, 4).ToArray().Max()) == wanted[i]);
        Assert.InRange(right / (double)Test, 0.9, 1.0);
    }

    [Fact]
    public void An_lstm_imitates_a_filter_with_memory()
    {
        const int Length = 32, Epochs = 12;
        (float[] inputs, float[] targets) = new Signals(1).Filtered(Samples, Length);
        (float[] unseen, float[] wanted) = new Signals(2).Filtered(Test, Length);
        targets = [.. targets.Chunk(Length).Select(static signal => signal[^1])];
        wanted = [.. wanted.Chunk(Length).Select(static signal => signal[^1])];
        using var session = new TrainingSession<Lstm, float>(seed: 1);
        Train(session, inputs, targets, Length, Epochs);

        double error = 0;
        for (int i = 0; i < Test; i += Batch)
            error += session.Loss(unseen.AsSpan(i * Length, Batch * Length), wanted.AsSpan(i, Batch)) * Batch / Test;
        Assert.InRange(error / Variance(wanted), 0.0, 0.02);
    }

    /// <summary>It learns signals of 64 frames and takes one of thousands in pieces of any length.</summary>
    [Fact]
    public void A_wavenet_imitates_a_filter_with_memory_frame_by_frame()
    {
        const int Length = 64, Epochs = 4, Frames = 3000, Piece = 100;
        (float[] inputs, float[] targets) = new Signals(1).Filtered(Samples, Length);
        using var session = new TrainingSession<WaveNet, float>(seed: 1);
        Train(session, inputs, targets, Length, Epochs, rate: 0.005f);

        (float[] unseen, float[] wanted) = new Signals(2).Filtered(1, Frames);
        float[] stream = new float[WaveNet.StreamLength], workspace = new float[WaveNet.ProcessWorkspaceLength], found = new float[Frames];
        for (int frame = 0; frame < Frames; frame += Piece)
            WaveNet.Process(session.Parameters, stream, unseen.AsSpan(frame, Piece), found.AsSpan(frame, Piece), workspace);
        double error = found.Zip(wanted).Average(static pair => Math.Pow(pair.First - pair.Second, 2));
        Assert.InRange(error / Variance(wanted), 0.0, 0.01);
    }

    private static double Variance(float[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static void Train<TTarget>(NetworkSession<TTarget> session, float[] inputs, TTarget[] targets, int length, int epochs, float rate = 0.01f)
        where TTarget : unmanaged
    {
        int own = targets.Length / Samples;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int i = 0; i < Samples; i += Batch)
                session.Step(inputs.AsSpan(i * length, Batch * length), targets.AsSpan(i * own, Batch * own), new Adam(rate));
        }
    }
}
