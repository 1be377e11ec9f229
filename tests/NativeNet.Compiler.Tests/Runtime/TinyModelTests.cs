extern alias runner;

using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Training;
using runner::NativeNet.Runtime;

namespace NativeNet.Compiler.Tests.Runtime;

/// <summary>
/// The networks of MLPerf Tiny learn, from their files as they stand: a few steps on a few samples that are made here, until
/// the loss is far below that of guessing. That takes minutes, so they do so where it is asked for:
/// <c>NATIVENET_MODELS=1 dotnet test -c Release --project tests/NativeNet.Compiler.Tests --filter-class '*.TinyModelTests'</c>.
/// </summary>
public sealed class TinyModelTests
{
    private static readonly bool IsAskedFor = Environment.GetEnvironmentVariable("NATIVENET_MODELS") is not null;

    [Theory]
    [InlineData("autoencoder", 269_992)]
    [InlineData("keywords", 24_908)]
    [InlineData("mobilenet", 221_794)]
    [InlineData("resnet8", 78_666)]
    public void They_have_the_parameters_that_the_benchmark_counts(string name, int parameters)
        => Assert.Equal(parameters, NetworkSpec.Parse(File.ReadAllText(PathOf(name))).ParameterCount);

    /// <summary>Three tones that come and go: a mean of them alone would leave their variance as the error.</summary>
    [Fact]
    public void The_autoencoder_learns_tones()
    {
        Assert.SkipUnless(IsAskedFor, "NATIVENET_MODELS is not set");
        const int Count = 48;
        var network = (TrainableNetwork<float>)RuntimeNetwork.Load(PathOf("autoencoder"));
        float[] frames = [.. Enumerable.Range(0, Count * 640).Select(static i => Tone(i / 640, i % 640))];
        float mean = frames.Average(), variance = frames.Average(value => (value - mean) * (value - mean));

        Assert.InRange(Train(network, frames, frames, steps: 60), 0f, 0.25f * variance);
    }

    /// <summary>A class is a pattern of its own below noise of the same size.</summary>
    [Theory]
    [InlineData("keywords", 24, 40)]
    [InlineData("resnet8", 10, 10)]
    [InlineData("mobilenet", 8, 10)]
    public void The_classifiers_learn_patterns(string name, int count, int steps)
    {
        Assert.SkipUnless(IsAskedFor, "NATIVENET_MODELS is not set");
        var network = (TrainableNetwork<int>)RuntimeNetwork.Load(PathOf(name));
        var random = new Random(5);
        int classes = network.OutputLength;
        float[] patterns = [.. Enumerable.Range(0, classes * network.InputLength).Select(_ => (2 * random.NextSingle()) - 1)];
        int[] labels = [.. Enumerable.Range(0, count).Select(b => b % classes)];
        float[] samples =
        [
            .. labels.SelectMany(label => Enumerable.Range(label * network.InputLength, network.InputLength))
                .Select(i => patterns[i] + (2 * random.NextSingle()) - 1),
        ];

        Assert.InRange(Train(network, samples, labels, steps), 0f, 0.5f * MathF.Log(classes));
    }

    /// <summary>Steps on one batch.</summary>
    /// <returns>The loss before the last of them.</returns>
    private static float Train<TTarget>(TrainableNetwork<TTarget> network, float[] inputs, TTarget[] targets, int steps)
        where TTarget : unmanaged
    {
        using var session = new NetworkSession<TTarget>(network, seed: 3);
        var rule = new Adam(0.003f);
        for (int step = 1; step < steps; step++)
            session.Step(inputs, targets, rule);
        return session.Step(inputs, targets, rule);
    }

    private static float Tone(int sample, int element)
    {
        int band = element % 128;
        return (MathF.Sin(0.9f * sample) * MathF.Sin(0.1f * band)) + (MathF.Cos(0.5f * sample) * MathF.Sin(0.23f * band))
            + (MathF.Sin(0.3f * sample) * MathF.Cos(0.05f * element));
    }

    private static string PathOf(string name) => Path.Combine(ModelFiles.Models, name + ".nn.json");
}
