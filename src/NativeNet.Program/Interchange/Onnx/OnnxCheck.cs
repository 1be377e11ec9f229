using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Runtime;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Compares what an imported network predicts with what its graph gives elsewhere, for samples of a file.</summary>
/// <param name="import">The network.</param>
internal sealed class OnnxCheck(OnnxImport import)
{
    private const string InputName = "input_0.pb", OutputName = "output_0.pb";

    /// <summary>The roundings of short networks, and of elementary functions of other libraries.</summary>
    private const int LeastRoundings = 128;

    /// <summary>The largest difference that the roundings of the longest sum explain: n · 2⁻²³ of the largest value.</summary>
    public double Tolerance => Math.Max(LeastRoundings, import.Spec.Layers.Max(LongestSum)) * Math.Pow(2, -23);

    /// <summary>Predicts samples and compares.</summary>
    /// <param name="path">
    /// A CSV file whose rows hold the elements of the graph's input and then those of its output, in the graph's order; or a
    /// folder as ONNX's own tests have them, with the tensors <c>input_0.pb</c> and <c>output_0.pb</c>.
    /// </param>
    /// <returns>The samples, and the largest difference as a share of the largest value.</returns>
    /// <exception cref="StorageFormatException">A tensor is damaged or has another size.</exception>
    /// <exception cref="DataFormatException">A row has another length, or no numbers.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public (int Samples, double Difference) Run(string path)
    {
        (float[] inputs, float[] expected) = Directory.Exists(path) ? ReadTensors(path) : ReadRows(path);
        float[] found = Predict(inputs);
        double largest = 0, difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            double distance = found[i].Equals(expected[i]) ? 0 : Math.Abs((double)found[i] - expected[i]);
            difference = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(difference, distance);
        }

        return (inputs.Length / import.Input.Length, largest == 0 ? difference : difference / largest);
    }

    /// <summary>What the graph gives for samples.</summary>
    /// <param name="inputs">The elements of its input in its order, sample by sample.</param>
    /// <returns>The elements of its output in its order, sample by sample.</returns>
    private float[] Predict(ReadOnlySpan<float> inputs)
    {
        PredictingNetwork network = RuntimeNetwork.Create(import.Spec, "network");
        float[] parameters = new float[network.ParametersLength], workspace = new float[network.PredictWorkspaceLength];
        ParameterPacking.Pack(network.Tensors, import.Parameters, parameters);

        float[] input = new float[network.InputLength], scores = new float[network.OutputLength];
        float[] outputs = new float[inputs.Length / input.Length * scores.Length];
        int[]? inputPositions = import.Input.Positions(), outputPositions = import.Output.Positions();
        for (int sample = 0; sample * input.Length < inputs.Length; sample++)
        {
            for (int i = 0; i < input.Length; i++)
                input[i] = inputs[(sample * input.Length) + (inputPositions is null ? i : inputPositions[i])];
            network.Predict(parameters, input, scores, workspace);
            Finish(scores);
            for (int i = 0; i < scores.Length; i++)
                outputs[(sample * scores.Length) + (outputPositions is null ? i : outputPositions[i])] = scores[i];
        }

        return outputs;
    }

    private static long LongestSum(LayerSpec layer) => layer.Output.Length == 0 ? 0 : layer.MultiplyAdds / layer.Output.Length;

    /// <summary>What the graph makes of its scores in the end.</summary>
    private void Finish(float[] scores)
    {
        if (import.Final == FinalFunction.None)
            return;

        // Each position by itself; a vector is one.
        int count = import.Spec.Output.Channels;
        for (int start = 0; start < scores.Length; start += count)
        {
            Span<float> shares = scores.AsSpan(start, count);
            double most = float.NegativeInfinity, sum = 0;
            foreach (float score in shares)
                most = Math.Max(most, score);
            foreach (float score in shares)
                sum += Math.Exp(score - most);
            foreach (ref float score in shares)
                score = (float)(import.Final == FinalFunction.Softmax ? Math.Exp(score - most) / sum : score - most - Math.Log(sum));
        }
    }

    private (float[] Inputs, float[] Expected) ReadTensors(string folder)
    {
        float[] inputs = OnnxReader.ReadTensor(Path.Combine(folder, InputName)).ToFloats(), expected = OnnxReader.ReadTensor(Path.Combine(folder, OutputName)).ToFloats();
        return inputs.Length % import.Input.Length == 0 && expected.Length % import.Output.Length == 0 && inputs.Length / import.Input.Length == expected.Length / import.Output.Length
            ? (BySample(inputs, import.Input), BySample(expected, import.Output))
            : throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{folder}: {InputName} and {OutputName} have {inputs.Length} and {expected.Length} elements; samples of the network have {import.Input.Length} and {import.Output.Length}"));
    }

    /// <summary>The elements of a tensor sample by sample, wherever the axis of the samples stands.</summary>
    private static float[] BySample(float[] tensor, AxisMap map)
    {
        int behind = map.Dimensions.Skip(map.BatchAxis + 1).Aggregate(1, static (product, size) => product * size), samples = tensor.Length / map.Length;
        return [.. tensor.Select((_, i) => (Sample: i / map.Length, Place: i % map.Length)).Select(element
            => tensor[(((element.Place / behind * samples) + element.Sample) * behind) + (element.Place % behind)])];
    }

    private (float[] Inputs, float[] Expected) ReadRows(string path)
    {
        using var text = new StreamReader(path, LineReader.Utf8, detectEncodingFromByteOrderMarks: false);
        int length = import.Input.Length;
        float[] row = new float[length + import.Output.Length];
        var rows = new CsvRowReader(text, path, row.Length);
        List<float> inputs = [], expected = [];
        while (rows.TryRead(row))
        {
            inputs.AddRange(row.AsSpan(0, length));
            expected.AddRange(row.AsSpan(length));
        }

        return inputs.Count > 0 ? ([.. inputs], [.. expected]) : throw new DataFormatException($"{path}: has no rows");
    }
}
