using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>The recurrent networks of <c>models</c> learn what models/README.md says that they learn.</summary>
public sealed class RecurrentTrainingTests
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
        using var session = new TrainingSession<Lstm, float>(seed: 1);
        Train(session, inputs, targets, Length, Epochs);

        double error = 0, mean = wanted.Average(), variance = wanted.Average(target => (target - mean) * (target - mean));
        for (int i = 0; i < Test; i += Batch)
            error += session.Loss(unseen.AsSpan(i * Length, Batch * Length), wanted.AsSpan(i, Batch)) * Batch / Test;
        Assert.InRange(error / variance, 0.0, 0.02);
    }

    private static void Train<TTarget>(NetworkSession<TTarget> session, float[] inputs, TTarget[] targets, int length, int epochs)
        where TTarget : unmanaged
    {
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int i = 0; i < Samples; i += Batch)
                session.Step(inputs.AsSpan(i * length, Batch * length), targets.AsSpan(i, Batch), new Adam(0.01f));
        }
    }
}
