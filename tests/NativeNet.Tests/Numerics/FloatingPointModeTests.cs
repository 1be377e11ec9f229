using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Numerics;

/// <summary>Threads on which a library has switched subnormals off.</summary>
public sealed class FloatingPointModeTests
{
    private static readonly TrainTest Data = DigitsDataSet.Load();

    [Fact]
    public void A_thread_begins_in_the_right_mode()
    {
        Assert.True(FloatingPointMode.IsDefault);
        Assert.True(FloatingPointMode.TrySetDefault());
    }

    [Fact]
    public void A_foreign_mode_is_noticed_and_set_right()
    {
        Assert.SkipUnless(ForeignMode.IsSupported, "Linux on x64 only");
        foreach (Action<Action> run in (Action<Action>[])[ForeignMode.Flush, ForeignMode.RoundUp])
        {
            run(static () =>
            {
                Assert.False(FloatingPointMode.IsDefault);
                Assert.True(FloatingPointMode.TrySetDefault());
                Assert.True(FloatingPointMode.IsDefault);
            });
        }
    }

    [Fact]
    public void A_session_refuses_a_foreign_mode_with_the_reason()
    {
        Assert.SkipUnless(ForeignMode.IsSupported, "Linux on x64 only");
        using var session = new TrainingSession<Digits>(1);
        float[] inputs = new float[Digits.InputLength], scores = new float[Digits.OutputLength];
        ForeignMode.Flush(() =>
        {
            foreach (Action call in (Action[])
            [
                static () => new TrainingSession<Digits>(1).Dispose(),
                () => session.TrainBatch(Data.Train, new Sgd(0.1f)),
                () => session.AccumulateBatch(Data.Train),
                () => session.StepAccumulated(new Sgd(0.1f)),
                () => session.Evaluate(Data.Test),
                () => session.Predict(inputs, scores),
            ])
            {
                string message = Assert.Throws<InvalidOperationException>(call).Message;
                Assert.StartsWith("This thread drops subnormal numbers or does not round to nearest", message, StringComparison.Ordinal);
            }

            Assert.True(FloatingPointMode.TrySetDefault());
            session.TrainBatch(Data.Train, new Sgd(0.1f));
        });
        Assert.Equal(1, session.StepCount);
    }

    /// <summary>Class numbers are small integers, and as floats they would be subnormal.</summary>
    [Fact]
    public void Class_numbers_are_integers_in_every_mode()
    {
        Assert.SkipUnless(ForeignMode.IsSupported, "Linux on x64 only");
        (float loss, float[] gradients) = Differentiate();
        (float Loss, float[] Gradients) flushed = (0, []);
        ForeignMode.Flush(() => flushed = Differentiate());

        Assert.Equal(loss, flushed.Loss, 1e-5f);
        Assert.All(gradients.Zip(flushed.Gradients), static pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Contains(gradients, static gradient => Math.Abs(gradient) > 1e-3f);
    }

    private static (float Loss, float[] Gradients) Differentiate()
    {
        float[] parameters = new float[Digits.ParametersLength], gradients = new float[Digits.ParametersLength];
        float[] inputs = new float[Digits.BatchSize * Digits.InputLength], workspace = new float[Digits.TrainingWorkspaceLength];
        int[] positions = [.. Enumerable.Range(0, Digits.BatchSize)], labels = new int[Digits.BatchSize];
        Data.Train.CopyInputs(positions, inputs);
        Data.Train.CopyLabels(positions, labels);
        Digits.Initialize(parameters, 1);
        return (Digits.Gradients(parameters, inputs, labels, gradients, workspace), gradients);
    }
}
