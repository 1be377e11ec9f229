using System.Globalization;
using NativeNet.Training;

namespace NativeNet.Tests.Networks;

/// <summary>What must hold of any classifier, whatever its weights.</summary>
public sealed class BatchPropertyTests
{
    private const int Count = 13;

    [Theory]
    [InlineData(1000f)]
    [InlineData(-1000f)]
    public void Scores_shifted_by_a_constant_give_the_same_loss_and_gradients(float shift)
    {
        float[] parameters = Parameters();
        float[] inputs = Inputs();
        int[] labels = Labels();
        (float loss, float[] gradients) = Gradients(parameters, inputs, labels);

        // The last layer's biases: every score moves by the same amount.
        for (int n = 0; n < Digits.OutputLength; n++)
            parameters[Digits.Tensors["layers.2.bias"].Offset + n] += shift;
        (float shiftedLoss, float[] shifted) = Gradients(parameters, inputs, labels);

        // A score near 1000 is rounded to a multiple of 2⁻¹⁴, 6e-5: that is all that may change.
        Assert.InRange(shiftedLoss, loss - 2e-4f, loss + 2e-4f);
        for (int i = 0; i < gradients.Length; i++)
            Assert.InRange(shifted[i], gradients[i] - 2e-4f, gradients[i] + 2e-4f);
        Assert.Contains(gradients, static g => MathF.Abs(g) > 2e-2f);
    }

    [Fact]
    public void A_sample_does_not_see_the_others_in_its_batch()
    {
        float[] parameters = Parameters();
        float[] inputs = Inputs();
        float[] scores = new float[Count * Digits.OutputLength], workspace = new float[Digits.PredictBatchWorkspaceLength];
        Digits.PredictBatch(parameters, inputs, scores, workspace);

        for (int b = 0; b < Count; b++)
        {
            float[] others = [.. inputs.Select((value, i) => i / Digits.InputLength == b ? value : float.NaN)];
            float[] alone = new float[scores.Length];
            Digits.PredictBatch(parameters, others, alone, workspace);

            Assert.Equal(scores.AsSpan(b * Digits.OutputLength, Digits.OutputLength), alone.AsSpan(b * Digits.OutputLength, Digits.OutputLength));
        }
    }

    [Fact]
    public void The_place_in_a_batch_changes_no_bit_of_a_samples_scores()
    {
        float[] parameters = Parameters();
        float[] inputs = Inputs();
        float[] scores = new float[Count * Digits.OutputLength], workspace = new float[Digits.PredictBatchWorkspaceLength];
        Digits.PredictBatch(parameters, inputs, scores, workspace);

        float[] reversed = [.. Enumerable.Range(0, Count).Reverse().SelectMany(b => inputs.Skip(b * Digits.InputLength).Take(Digits.InputLength))];
        float[] reversedScores = new float[scores.Length];
        Digits.PredictBatch(parameters, reversed, reversedScores, workspace);

        for (int b = 0; b < Count; b++)
        {
            Assert.Equal(
                scores.AsSpan(b * Digits.OutputLength, Digits.OutputLength),
                reversedScores.AsSpan((Count - 1 - b) * Digits.OutputLength, Digits.OutputLength));
        }
    }

    [Fact]
    public void A_label_outside_the_classes_is_refused()
    {
        int[] labels = Labels();
        labels[^1] = 10;

        ArgumentException error = Assert.Throws<ArgumentException>(() => Gradients(Parameters(), Inputs(), labels));
        Assert.StartsWith("Target 12 is 10; class numbers run from 0 to 9.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-0.001f)]
    [InlineData(1.0000001f)]
    [InlineData(255f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_target_that_is_no_probability_is_refused(float target)
        => CheckTarget<Binary>(target, "from 0 to 1");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_target_that_is_not_finite_is_refused(float target)
        => CheckTarget<LadderUp>(target, "finite");

    private static void CheckTarget<TNetwork>(float target, string range)
        where TNetwork : struct, INetwork<float>
    {
        using var session = new TrainingSession<TNetwork, float>(1);
        float[] inputs = new float[2 * TNetwork.InputLength], targets = new float[2 * TNetwork.OutputLength];
        float[] gradients = new float[TNetwork.ParametersLength], workspace = new float[TNetwork.TrainingWorkspaceLength];
        session.Step(inputs, targets, new Sgd(0.1f));
        float[] before = session.Parameters.ToArray();

        targets[^1] = target;
        string expected = string.Create(CultureInfo.InvariantCulture, $"Target {targets.Length - 1} is {target}; it must be {range}. (Parameter 'targets')");
        foreach (Action call in (Action[])
        [
            () => session.Step(inputs, targets, new Sgd(0.1f)),
            () => session.Loss(inputs, targets),
            () => session.Accumulate(inputs, targets),
            () => TNetwork.Gradients(before, inputs, targets, gradients, workspace),
        ])
        {
            Assert.Equal(expected, Assert.Throws<ArgumentException>(call).Message);
        }

        Assert.Equal(before, session.Parameters);
    }

    [Fact]
    public void A_span_of_the_wrong_length_is_refused_by_name()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            static () => Digits.Predict(new float[7], new float[64], new float[10], new float[Digits.PredictWorkspaceLength]));

        Assert.Equal("parameters", error.ParamName);
        Assert.StartsWith("The length must be 2608, not 7.", error.Message, StringComparison.Ordinal);
    }

    private static (float Loss, float[] Gradients) Gradients(float[] parameters, float[] inputs, int[] labels)
    {
        float[] gradients = new float[Digits.ParametersLength];
        float loss = Digits.Gradients(parameters, inputs, labels, gradients, new float[Digits.TrainingWorkspaceLength]);
        return (loss, gradients);
    }

    private static float[] Parameters()
    {
        float[] parameters = new float[Digits.ParametersLength];
        Digits.Initialize(parameters, seed: 5);
        return parameters;
    }

    private static float[] Inputs()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Count * Digits.InputLength).Select(_ => random.NextSingle())];
    }

    private static int[] Labels() => [.. Enumerable.Range(0, Count).Select(static b => b % 10)];
}
