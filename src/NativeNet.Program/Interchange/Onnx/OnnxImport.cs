using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A network made of an ONNX file.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Parameters">Its parameters row-major, the tensors one behind the other.</param>
/// <param name="Input">Where the elements of the graph's input lie in a sample.</param>
/// <param name="Output">Where the elements of the graph's output lie among the scores.</param>
/// <param name="Final">What the graph makes of its scores in the end.</param>
/// <param name="Report">What is not as in the graph, a line each.</param>
internal sealed record OnnxImport(
    NetworkSpec Spec, float[] Parameters, AxisMap Input, AxisMap Output, FinalFunction Final, ImmutableArray<string> Report)
{
    /// <summary>Makes a network of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFormatException">The file is damaged, or the graph has something that no layer computes; the message names the node.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static OnnxImport Read(string path) => Of(path, OnnxReader.ReadModel(path));

    /// <summary>Makes a network of what a file holds.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="model">Its content.</param>
    /// <exception cref="StorageFormatException">The graph has something that no layer computes.</exception>
    public static OnnxImport Of(string path, OnnxModel model)
    {
        NeededGraph graph = NeededGraph.Of(path, model);
        OnnxValueInfo input = InputOf(path, model, graph);

        // PyTorch's recurrent modules have frames before samples, as the operators do; other graphs have samples first.
        bool hasFrames = input.Dimensions is { IsDefault: false } and [not null, _, not null] && graph.Nodes.Any(static node => node.Operator is "GRU" or "LSTM" or "RNN");
        bool isOpenBehind = hasFrames && input.Dimensions[1] is null;
        Attempt? samples = isOpenBehind ? null : Best(path, model, graph, input.Name, SamplesFirst(path, input));
        Attempt? frames = hasFrames && samples?.Import is null ? Best(path, model, graph, input.Name, FramesFirst(path, input)) : null;
        Attempt attempt = samples is null || frames?.Import is not null || frames?.Reached > samples.Reached ? frames! : samples;
        return attempt.Import ?? throw attempt.Error!;
    }

    /// <summary>Of the ways in which the input may lie the one with the fewest layers, then with the fewest weights in another order, then with the fewest.</summary>
    private static Attempt Best(
        string path, OnnxModel model, NeededGraph graph, string input, ImmutableArray<(AxisMap Map, ImmutableArray<int> Shape)> placements)
    {
        (StorageFormatException? error, int furthest) = (null, -1);
        (OnnxImport? best, (int, int, int) cost) = (null, default);
        foreach ((AxisMap map, ImmutableArray<int> shape) in placements)
        {
            var import = new GraphImport(path, model, graph, input, map, shape);
            try
            {
                SampleValue output = import.Run(graph.Nodes);
                (NetworkSpec spec, float[] parameters) = import.Finish(output);
                if (best is null || (spec.Layers.Count, import.Reordered, parameters.Length).CompareTo(cost) < 0)
                    (best, cost) = (new OnnxImport(spec, parameters, map, output.Map, import.Final, [.. import.Report]), (spec.Layers.Count, import.Reordered, parameters.Length));
            }
            catch (StorageFormatException exception)
            {
                // Where the input lies otherwise the graph may be one of layers; of several errors the one that came last says most.
                if (import.Count > furthest)
                    (error, furthest) = (exception, import.Count);
            }
        }

        return new Attempt(best, error, furthest);
    }

    /// <summary>The graph's one input that is no initializer.</summary>
    private static OnnxValueInfo InputOf(string path, OnnxModel model, NeededGraph graph)
    {
        HashSet<string> initializers = [.. model.Initializers.Select(static tensor => tensor.Name)];
        OnnxValueInfo[] inputs = [.. model.Inputs.Where(input => !initializers.Contains(input.Name) && graph.Readers.ContainsKey(input.Name))];
        return inputs switch
        {
            [var only] => only,
            [] => throw new StorageFormatException($"{path}: the graph's output does not depend on an input"),
            _ => throw new StorageFormatException($"{path}: the graph has the inputs {string.Join(", ", inputs.Select(static input => $"'{input.Name}'"))}; a network has one: join them before it, or store the others as initializers"),
        };
    }

    /// <summary>The ways in which a sample may lie here: as in the file, and with its channels, axis 1, last.</summary>
    private static ImmutableArray<(AxisMap Map, ImmutableArray<int> Shape)> SamplesFirst(string path, OnnxValueInfo input)
    {
        ImmutableArray<int> dimensions = SizesOf(path, input, batchAxis: 0);
        int[] axes = [.. Enumerable.Range(1, dimensions.Length - 1)];
        return axes.Length > 1 ? [Placement(axes), Placement([.. axes.Skip(1), 1])] : [Placement(axes)];

        (AxisMap, ImmutableArray<int>) Placement(int[] memory)
            => (AxisMap.Of(dimensions, 0, memory), memory.Length == 0 ? [1] : [.. memory.Select(axis => dimensions[axis])]);
    }

    /// <summary>A signal of frames, samples and channels.</summary>
    private static ImmutableArray<(AxisMap Map, ImmutableArray<int> Shape)> FramesFirst(string path, OnnxValueInfo input)
    {
        ImmutableArray<int> dimensions = SizesOf(path, input, batchAxis: 1);
        return [(AxisMap.Of(dimensions, 1, 0, 2), [dimensions[0], dimensions[2]])];
    }

    /// <summary>The sizes of an input that a network can have, 1 for samples that are left open.</summary>
    private static ImmutableArray<int> SizesOf(string path, OnnxValueInfo input, int batchAxis)
    {
        if (input.Type is not (OnnxElementType.Float or OnnxElementType.Undefined))
            throw new StorageFormatException($"{path}: input '{input.Name}' has elements of type {input.Type}; networks take floats: export the model in 32 bits");
        if (input.Dimensions.IsDefaultOrEmpty)
            throw new StorageFormatException($"{path}: input '{input.Name}' has no shape; export the model with example inputs");

        int rank = input.Dimensions.Length, open = Enumerable.Range(0, rank).FirstOrDefault(axis => axis != batchAxis && input.Dimensions[axis] is null, -1);
        if (rank > NetworkLimits.Dimensions + 1)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: input '{input.Name}' has {rank} axes; a sample has at most {NetworkLimits.Dimensions}, and the samples are one"));
        if (open >= 0)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: axis {open} of input '{input.Name}' has no size; export the model with a fixed one, since layers have theirs fixed"));

        ImmutableArray<int> dimensions = [.. input.Dimensions.Select(static size => size ?? 1)];
        if (dimensions.Any(static size => size > NetworkLimits.Size))
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: an axis of input '{input.Name}' is longer than {NetworkLimits.Size}, the limit of a network"));
        if (dimensions.Where((_, axis) => axis != batchAxis).Aggregate(1L, static (product, size) => product > NetworkLimits.Parameters ? product : product * size) > NetworkLimits.Parameters)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: a sample of input '{input.Name}' has more than {NetworkLimits.Parameters} elements"));
        return dimensions;
    }

    /// <summary>What came of a graph.</summary>
    /// <param name="Import">The network, or null.</param>
    /// <param name="Error">What was in the way, where something was.</param>
    /// <param name="Reached">The nodes before that.</param>
    private sealed record Attempt(OnnxImport? Import, StorageFormatException? Error, int Reached);
}
