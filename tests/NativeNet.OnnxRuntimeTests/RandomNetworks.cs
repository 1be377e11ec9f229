using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NativeNet.Compiler.Tests.Differential;
using NativeNet.Description;
using NativeNet.Program.Interchange.Onnx;
using NativeNet.Reference;
using NativeNet.Storage;

namespace NativeNet.OnnxRuntimeTests;

/// <summary>Random networks that are exported predict in ONNX Runtime what the reference predicts, and are the same networks when they come back.</summary>
internal static class RandomNetworks
{
    private const int Samples = 3;

    /// <summary>Differences that roundings explain, as a share of the largest score: sums here are short, and a few lie behind each other.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Compares networks with images both ways and says how many agree.</summary>
    /// <param name="first">The seed of the first network.</param>
    /// <param name="count">The networks.</param>
    /// <returns>The exit code: 0 where all agree.</returns>
    public static int Compare(int first, int count)
    {
        (int passed, int failed, int skipped, double worst) = (0, 0, 0, 0);
        for (int seed = first; seed < first + count; seed++)
        {
            NetworkSpec spec = NetworkSpec.Parse(NetworkDraw.Create(seed)) with { BatchSize = Samples };
            foreach (bool isChannelsFirst in new[] { true, false })
            {
                try
                {
                    double difference = Difference(spec, seed, isChannelsFirst);
                    worst = Math.Max(worst, difference);
                    if (difference <= Tolerance)
                    {
                        passed++;
                        continue;
                    }

                    failed++;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {(isChannelsFirst ? "nchw" : "nhwc")}: {difference:G3} of the largest score"));
                }
                catch (StorageFormatException exception)
                {
                    skipped++;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {exception.Message}"));
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the largest difference is {worst:G3} of the largest score"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped"));
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static double Difference(NetworkSpec spec, int seed, bool isChannelsFirst)
    {
        var random = new Random(seed);
        float[] parameters = [.. spec.Layers.SelectMany(static layer => layer.Parameters).SelectMany(parameter
            => Enumerable.Range(0, parameter.Count).Select(_ => random.NextSingle() + (parameter.Name == "running_var" ? 0.5f : -0.5f)))];
        float[] samples = [.. Enumerable.Range(0, Samples * spec.Input.Length).Select(_ => (2 * random.NextSingle()) - 1)];
        float[] scores = new ReferenceNetwork<float>(spec).Predict(parameters, samples), expected = isChannelsFirst ? ChannelsFirst(scores, spec.Output) : scores;

        OnnxModel model = OnnxExport.Of(spec, parameters, isChannelsFirst);
        byte[] file = OnnxWriter.Write(model, "network", "0").ToArray();
        if (!IsSameNetwork(OnnxImport.Of("network", new OnnxReader("network").Model(file)), isChannelsFirst ? ChannelsFirst(samples, spec.Input) : samples, scores))
            return double.PositiveInfinity;

        using var session = new InferenceSession(file);
        long[] shape = [Samples, .. model.Inputs[0].Dimensions.Skip(1).Select(static size => (long)size!.Value)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(isChannelsFirst ? ChannelsFirst(samples, spec.Input) : samples, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [model.Inputs[0].Name], [input], [model.Outputs[0].Name]);

        (double largest, double difference) = (0, 0);
        ReadOnlySpan<float> found = outputs[0].GetTensorDataAsSpan<float>();
        for (int i = 0; i < expected.Length; i++)
        {
            double distance = Math.Abs((double)found[i] - expected[i]);
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(difference, distance);
        }

        return largest == 0 ? difference : difference / largest;
    }

    /// <summary>Whether an imported network predicts the same bits.</summary>
    private static bool IsSameNetwork(OnnxImport import, float[] theirs, float[] scores)
    {
        int[]? positions = import.Input.Positions();
        int length = import.Input.Length;
        float[] ours = positions is null ? theirs : [.. theirs.Select((_, i) => theirs[i - (i % length) + positions[i % length]])];
        float[] found = new ReferenceNetwork<float>(import.Spec with { BatchSize = Samples }).Predict(import.Parameters, ours);
        return MemoryMarshal.AsBytes<float>(found).SequenceEqual(MemoryMarshal.AsBytes<float>(scores));
    }

    /// <summary>Samples of (positions, channels) as (channels, positions).</summary>
    private static float[] ChannelsFirst(float[] samples, Shape shape)
        => [.. samples.Select((_, i) => samples[i - (i % shape.Length) + (i % shape.Positions * shape.Channels) + (i % shape.Length / shape.Positions)])];
}
