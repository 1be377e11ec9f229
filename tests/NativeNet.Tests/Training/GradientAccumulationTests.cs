using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class GradientAccumulationTests
{
    private static readonly NetworkSpec Spec = NetworkSpec.Parse(JsonOf<Strided>());

    [Theory]
    [InlineData(float.PositiveInfinity, 20)]
    [InlineData(float.PositiveInfinity, 20, 20, 20)]
    [InlineData(float.PositiveInfinity, 20, 7, 1, 13)]
    [InlineData(float.PositiveInfinity, 3, 20)]
    [InlineData(0.01f, 20)]
    [InlineData(0.01f, 20, 7, 1)]
    [InlineData(100f, 20, 7)]
    public void Steps_over_several_batches_equal_the_scalar_definition(float maximumNorm, params int[] counts)
    {
        using var session = new TrainingSession<Strided, int>(1);
        float[] expected = Unpack(session.Parameters);
        float[] first = new float[expected.Length], second = new float[expected.Length];
        var random = new Random(1);

        for (int step = 1; step <= 2; step++)
        {
            var batches = counts.Select(count => Draw(random, count)).ToArray();
            foreach ((float[] inputs, int[] targets) in batches)
                session.Accumulate(inputs, targets);
            float norm = session.StepAccumulated(new Adam(0.01f, weightDecay: 0.1f), maximumNorm);

            float[] gradient = Mean(expected, batches);
            Assert.Equal(Norm(gradient), norm);
            float factor = norm > maximumNorm ? maximumNorm / norm : 1f;
            Adam atStep = new Adam(0.01f, weightDecay: 0.1f).AtStep(step);
            for (int i = 0; i < expected.Length; i++)
                expected[i] = atStep.Update(expected[i], gradient[i] * factor, ref first[i], ref second[i]);
            Assert.Equal(expected, Unpack(session.Parameters));
        }

        Assert.Equal(2, session.StepCount);
    }

    [Fact]
    public void One_batch_without_a_bound_is_a_plain_step()
    {
        using var plain = new TrainingSession<Strided, int>(2);
        using var gathered = new TrainingSession<Strided, int>(2);
        (float[] inputs, int[] targets) = Draw(new Random(2), 13);
        float loss = plain.Step(inputs, targets, new Momentum(0.1f));
        Assert.Equal(loss, gathered.Accumulate(inputs, targets));
        gathered.StepAccumulated(new Momentum(0.1f));
        Assert.Equal(plain.Parameters, gathered.Parameters);
        Assert.Equal(plain.State, gathered.State);
    }

    [Fact]
    public void Gathered_gradients_spare_biases_as_a_plain_step_does()
    {
        using var plain = new TrainingSession<BatchNormed, int>(2);
        using var gathered = new TrainingSession<BatchNormed, int>(2);
        using var decaying = new TrainingSession<BatchNormed, int>(2);
        float[] inputs = [.. Enumerable.Range(0, 7 * BatchNormed.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];
        int[] targets = [.. Enumerable.Range(0, 7).Select(static b => b % 5)];
        var rule = new Momentum(0.1f, weightDecay: 0.5f, decayBiases: false);
        plain.Step(inputs, targets, rule);
        gathered.Accumulate(inputs, targets);
        gathered.StepAccumulated(rule);
        decaying.Step(inputs, targets, new Momentum(0.1f, weightDecay: 0.5f));

        Assert.Equal(plain.Parameters, gathered.Parameters);
        Assert.Equal(plain.State, gathered.State);
        Assert.NotEqual(decaying.Parameters.ToArray(), plain.Parameters.ToArray());
    }

    [Fact]
    public void Neither_padding_nor_running_averages_enter_the_norm()
    {
        CheckNorm<Strided>();
        CheckNorm<BatchNormed>();
        CheckNorm<ConvGrouped>();
        CheckNorm<Digits>();
    }

    [Fact]
    public void Padding_stays_zero()
    {
        using var session = new TrainingSession<Strided, int>(3);
        (float[] inputs, int[] targets) = Draw(new Random(3), 20);
        session.Accumulate(inputs, targets);
        session.StepAccumulated(new Adam(0.01f, weightDecay: 0.1f), maximumNorm: 0.1f);

        float[] repacked = new float[Strided.ParametersLength];
        ParameterPacking.Pack(Strided.Tensors, Unpack(session.Parameters), repacked);
        Assert.Equal(repacked, session.Parameters.ToArray());
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        float[] values = [.. Enumerable.Range(0, 64).Select(static i => MathF.Sqrt(i) - 4)];
        float[] sum = [.. values.Reverse()];
        float[] expected = [.. sum.Zip(values, static (s, g) => MathF.FusedMultiplyAdd(0.7f, g, s) / 1.7f)];
        Assert.Equal(expected, Run<Lanes128>());
        Assert.Equal(expected, Run<Lanes256>());
        Assert.Equal(expected, Run<Lanes512>());

        float[] Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            float[] result = [.. sum];
            LanesPass.Loop<AddGradientsPass, TLanes>(new AddGradientsPass(ref result[0], ref values[0], 0.7f), 64);
            LanesPass.Loop<DivideGradientsPass, TLanes>(new DivideGradientsPass(ref result[0], 1.7f), 64);
            return result;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(10_000)]
    public void Sums_over_buffers_follow_their_stated_order(int length)
    {
        float[] x = [.. Enumerable.Range(0, length).Select(static i => MathF.Sqrt(i) - 30)];
        float[] y = [.. x.Reverse()];
        Assert.Equal(Scalar(x, y, static (sum, x, _) => sum + MathF.Abs(x)), ChunkedSum.Of<MagnitudeTerm>(x));
        Assert.Equal(Scalar(x, y, static (sum, x, y) => sum + MathF.Abs(x - y)), ChunkedSum.Of<DistanceTerm>(x, y));
        Assert.Equal(Scalar(x, y, static (sum, x, _) => MathF.FusedMultiplyAdd(x, x, sum)), ChunkedSum.Of<SquareTerm>(x));
    }

    [Fact]
    public void A_step_without_gradients_or_with_a_bound_of_zero_is_refused()
    {
        using var session = new TrainingSession<Strided, int>(4);
        Assert.Throws<InvalidOperationException>(() => session.StepAccumulated(new Sgd(0.1f)));
        (float[] inputs, int[] targets) = Draw(new Random(4), 1);
        session.Accumulate(inputs, targets);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.StepAccumulated(new Sgd(0.1f), maximumNorm: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.StepAccumulated(new Sgd(0.1f), float.NaN));
        session.StepAccumulated(new Sgd(0.1f));
        Assert.Throws<InvalidOperationException>(() => session.StepAccumulated(new Sgd(0.1f)));
    }

    [Fact]
    public void Accumulated_steps_allocate_nothing_after_the_first()
    {
        using var session = new TrainingSession<Strided, int>(5);
        (float[] inputs, int[] targets) = Draw(new Random(5), 20);
        Assert.Equal(0, Allocations.Of(() =>
        {
            session.Accumulate(inputs, targets);
            session.Accumulate(inputs, targets);
            session.StepAccumulated(new Adam(), maximumNorm: 1f);
        }));
    }

    /// <summary>The definition: sums weighted relative to the first batch, divided by the weights.</summary>
    private static float[] Mean(float[] parameters, (float[] Inputs, int[] Targets)[] batches)
    {
        var network = new ReferenceNetwork<float>(Spec);
        float[] sum = network.Backpropagate(parameters, batches[0].Inputs, batches[0].Targets.AsSpan()).Gradients;
        float weights = 1;
        foreach ((float[] inputs, int[] targets) in batches.Skip(1))
        {
            float weight = (float)targets.Length / batches[0].Targets.Length;
            float[] gradients = network.Backpropagate(parameters, inputs, targets.AsSpan()).Gradients;
            for (int i = 0; i < sum.Length; i++)
                sum[i] = MathF.FusedMultiplyAdd(weight, gradients[i], sum[i]);
            weights += weight;
        }

        return [.. sum.Select(value => value / weights)];
    }

    private static float Norm(float[] rowMajor)
        => (float)Math.Sqrt(Scalar(rowMajor, rowMajor, static (sum, x, _) => MathF.FusedMultiplyAdd(x, x, sum)));

    /// <summary>A network's norm of gradients that are numbers where tensors are trained and NaN everywhere else.</summary>
    private static void CheckNorm<TNetwork>()
        where TNetwork : struct, INetwork
    {
        TensorTable table = TNetwork.Tensors;
        float[] gradients = new float[table.Length], scratch = new float[table.ParameterCount];
        gradients.AsSpan().Fill(float.NaN);
        var trained = new List<float>();
        foreach (TensorSlot slot in table.Slots.Where(static slot => slot.IsTrained))
        {
            for (int n = 0; n < slot.Columns; n++)
            {
                for (int k = 0; k < slot.Rows; k++)
                {
                    trained.Add(MathF.Sqrt(trained.Count) - 30);
                    gradients[slot.Offset + slot.Matrix.IndexOf(k, n)] = trained[^1];
                }
            }
        }

        Assert.Contains(gradients[..table.TrainedLength], float.IsNaN);
        Assert.Equal(Norm([.. trained]), GradientNorm.Of(table, gradients, scratch));
        Assert.Equal(0, Allocations.Of(() => GradientNorm.Of(table, gradients, scratch)));
    }

    /// <summary>Chunks of 4096 added in double, each of 16 partial sums folded in halves.</summary>
    private static double Scalar(float[] x, float[] y, Func<float, float, float, float> add)
    {
        double total = 0;
        for (int chunk = 0; chunk < x.Length; chunk += 4096)
        {
            float[] sums = new float[16];
            for (int i = chunk; i < Math.Min(chunk + 4096, x.Length); i++)
                sums[i % 16] = add(sums[i % 16], x[i], y[i]);
            for (int half = 8; half >= 1; half /= 2)
            {
                for (int p = 0; p < half; p++)
                    sums[p] += sums[p + half];
            }

            total += sums[0];
        }

        return total;
    }

    private static (float[] Inputs, int[] Targets) Draw(Random random, int count)
        => ([.. Enumerable.Range(0, count * Spec.Input.Length).Select(_ => random.NextSingle() - 0.5f)],
            [.. Enumerable.Range(0, count).Select(_ => random.Next(Spec.Output.Length))]);

    private static float[] Unpack(ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[Strided.ParameterCount];
        ParameterPacking.Unpack(Strided.Tensors, packed, rowMajor);
        return rowMajor;
    }

    private static string JsonOf<TNetwork>()
        where TNetwork : struct, INetwork
        => TNetwork.Json;
}
