using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A network file of any layers, options and branches, from a seed: small, with sizes around those of tiles.</summary>
internal sealed class NetworkDraw
{
    /// <summary>Multiply-adds and values of a full batch that the scalar reference computes in a moment.</summary>
    private const long MostWork = 400_000, MostValues = 40_000;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 24, 31, 32, 33, 40, 47, 48, 49, 63, 64, 65, 80, 97];

    private static readonly string[] Activations = ["none", "relu", "leakyRelu", "tanh", "sigmoid", "elu", "gelu", "silu", "hardSwish", "softplus", "relu6", "clip"];

    private static readonly string[] Initializers = ["heNormal", "heUniform", "glorotUniform", "normal"];

    /// <summary>The types of layers with tensors.</summary>
    private static readonly string[] Trainable = ["dense", "conv1d", "conv2d", "depthwiseConv2d", "conv1dTranspose", "conv2dTranspose", "gru", "lstm", "rnn", "layerNorm", "batchNorm", "prelu", "normalization"];

    private readonly Random _random;
    private readonly List<DrawnNode> _nodes = [];

    /// <summary>Whether every layer is one that takes a signal frame by frame.</summary>
    private readonly bool _isCausal;

    private NetworkDraw(Random random)
    {
        _random = random;
        _isCausal = random.Next(5) == 0;
    }

    /// <summary>A network file that is right.</summary>
    public static string Create(int seed)
    {
        var random = new Random(seed);
        string json;
        do
        {
            json = new NetworkDraw(random).Draw();
        }
        while (!IsSmall(NetworkSpec.Parse(json)));

        return json;
    }

    private static bool IsSmall(NetworkSpec spec)
        => spec.Layers.Sum(static layer => layer.MultiplyAdds) * spec.BatchSize <= MostWork
            && spec.Layers.Sum(static layer => (long)layer.Output.Length) * spec.BatchSize <= MostValues;

    private string Draw()
    {
        int[] input = (_isCausal ? 0 : _random.Next(6)) switch
        {
            0 or 1 => [Side(), Channels()],
            2 or 3 => [Side(), Side(), Channels()],
            4 => [Side(), Side(), 1],
            _ => [Pick(Sizes)],
        };
        _nodes.Add(new DrawnNode("", input) { Name = "input", IsRead = true });

        // Few layers more often than many: each is a page of code for the compiler.
        for (int i = _random.Next(0, _random.Next(2, 9)); i > 0; i--)
            AddLayer(_nodes[^1]);
        AddScores(out string loss);
        if (_random.Next(2) == 0)
            Freeze();

        string layers = string.Join(", ", _nodes.Skip(1));
        bool needsTwo = _nodes.Exists(static node => node.Shape.SkipLast(1).All(static side => side == 1) && node.Keys.Contains("batchNorm", StringComparison.Ordinal));
        return $$"""{ "input": [{{string.Join(", ", input)}}], "layers": [{{layers}}], "loss": "{{loss}}", "batchSize": {{Math.Max(_random.Next(1, 41), needsTwo ? 2 : 1)}} }""";
    }

    private void AddLayer(DrawnNode last)
    {
        // Mostly a chain, as networks are; now and then a branch, which later layers join again.
        DrawnNode source = _random.Next(5) == 0 ? Pick(_nodes) : last;
        switch (_random.Next(12))
        {
            case 10 when source.Shape.Length > 1 && !_isCausal:
                AddResampled(source);
                break;
            case 11 when source.Shape.Length > 1 && !_isCausal:
                AddTransposed(source);
                break;
            case 0:
                Join(_random.Next(2) == 0 ? "add" : "multiply", source, static (one, other) => one.SequenceEqual(other));
                break;
            case 1:
                Join("concat", source, static (one, other) => one.SkipLast(1).SequenceEqual(other.SkipLast(1)));
                break;
            case 2 when !_isCausal:
                AddReshaped(source);
                break;
            case 3 or 4 or 5:
                AddElementwise(source);
                break;
            default:
                AddSums(source);
                break;
        }

        Repeat(source);
    }

    /// <summary>The last layer again, now and then, if it has tensors and takes what it puts out: layers of one shape call the same methods.</summary>
    private void Repeat(DrawnNode source)
    {
        DrawnNode last = _nodes[^1];
        bool takesItself = last.Shape.SequenceEqual(source.Shape) || (last.Shape.Length == source.Shape.Length && last.Keys.Contains("\"units\"", StringComparison.Ordinal));
        if (!takesItself || !HasTensors(last) || last.Keys.Contains("normalization", StringComparison.Ordinal))
            return;

        for (int i = _random.Next(4) - 1; i > 0; i--)
            Add(last.Keys, last.Shape, _nodes[^1]);
    }

    private static bool HasTensors(DrawnNode node)
        => Trainable.Any(type => node.Keys.StartsWith($"\"type\": \"{type}\"", StringComparison.Ordinal));

    /// <summary>The last layer, which reads everything that nobody has read.</summary>
    private void AddScores(out string loss)
    {
        if (_isCausal || (_random.Next(2) == 0 && _nodes.Count(static node => !node.IsRead) == 1))
        {
            EndAsItIs(out loss);
            return;
        }

        foreach (DrawnNode node in _nodes.Where(static node => !node.IsRead && node.Shape.Length > 1).ToArray())
            Flatten(node);
        if (_nodes[^1].Shape.Length > 1)
            Flatten(_nodes[^1]);

        DrawnNode[] open = [.. _nodes.Where(static node => !node.IsRead)];
        if (open.Length > 1)
            Add("\"type\": \"concat\"", [open.Sum(static node => node.Length)], open);

        loss = Pick("softmaxCrossEntropy", "binaryCrossEntropy", "meanSquaredError");
        int units = _random.Next(4) == 0 ? Pick(Sizes) : _random.Next(1, 12);
        AddDense(_nodes[^1], loss == "softmaxCrossEntropy" ? units + 1 : units, loss == "meanSquaredError");
    }

    /// <summary>An end at what there is, of any shape, or at a dense layer over the frames of it.</summary>
    private void EndAsItIs(out string loss)
    {
        DrawnNode[] open = [.. _nodes.Where(static node => !node.IsRead)];
        if (open.Length > 1)
            Add("\"type\": \"concat\"", [.. open[0].Shape[..^1], open.Sum(static node => node.Shape[^1])], open);

        if (_isCausal && _random.Next(3) == 0)
            AddRecurrent(_nodes[^1], Pick("gru", "lstm", "rnn"), sequences: false);

        DrawnNode last = _nodes[^1];
        bool hasParameters = _nodes.Any(static node => node.Keys.Contains("units", StringComparison.Ordinal) || node.Keys.Contains("kernelSize", StringComparison.Ordinal));
        if (last.Shape.Length < 3 && (!hasParameters || last.Keys.Contains("dropout", StringComparison.Ordinal) || _random.Next(2) == 0))
            AddDense(last, _random.Next(1, 12), isActivated: false);
        else if (last.Shape.Length == 3 && (!hasParameters || last.Keys.Contains("dropout", StringComparison.Ordinal)))
            AddWindow(last, "conv2d");

        last = _nodes[^1];
        bool isRaw = (!last.Keys.Contains("activation\": ", StringComparison.Ordinal) && !last.Keys.Contains("\"softmax\"", StringComparison.Ordinal))
            || last.Keys.Contains("\"none\"", StringComparison.Ordinal);
        loss = !isRaw ? "meanSquaredError" : last.Shape[^1] > 1 ? Pick("softmaxCrossEntropy", "binaryCrossEntropy", "meanSquaredError") : Pick("binaryCrossEntropy", "meanSquaredError");
    }

    /// <summary>Says of some layers that training changes nothing of them, or their biases alone; often of all up to one. One learns at least.</summary>
    private void Freeze()
    {
        DrawnNode[] tensors = [.. _nodes.Where(HasTensors)];
        int first = _random.Next(2) == 0 ? _random.Next(tensors.Length) : 0;
        DrawnNode learner = tensors.Last(static node => !node.Keys.Contains("normalization", StringComparison.Ordinal));
        for (int i = 0; i < tensors.Length; i++)
        {
            DrawnNode node = tensors[i];
            bool hasBiases = !node.Keys.Contains("\"bias\": false", StringComparison.Ordinal) && !node.Keys.Contains("prelu", StringComparison.Ordinal) && !node.Keys.Contains("normalization", StringComparison.Ordinal);
            string value = (i < first ? 0 : _random.Next(3)) switch { 0 => "false", 1 when hasBiases => "\"bias\"", _ => "true" };
            if (node != learner || value != "false")
                node.Keys += $", \"trainable\": {value}";
        }
    }

    private void Flatten(DrawnNode node)
    {
        if (node.Shape.Length > 1 && _random.Next(3) == 0)
            Add($"\"type\": \"{Pick("globalAveragePool", "globalMaxPool")}\"", [node.Shape[^1]], node);
        else
            Add("\"type\": \"flatten\"", [node.Length], node);
    }

    private void Join(string type, DrawnNode source, Func<int[], int[], bool> fits)
    {
        DrawnNode[] others = [.. _nodes.Where(node => fits(source.Shape, node.Shape))];
        DrawnNode[] operands = [source, .. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(others))];
        int channels = type != "concat" ? source.Shape[^1] : operands.Sum(static node => node.Shape[^1]);
        Add($"\"type\": \"{type}\"", [.. source.Shape.SkipLast(1), channels], operands);
    }

    private void AddReshaped(DrawnNode source)
    {
        int length = source.Length;
        int[] divisors = [.. Enumerable.Range(1, Math.Min(length, 16)).Where(side => length % side == 0)];
        int first = Pick(divisors), second = Pick([.. divisors.Where(side => length / first % side == 0)]);
        int[] shape = _random.Next(3) switch { 0 => [length], 1 => [first, length / first], _ => [first, second, length / first / second] };
        Add(shape.Length == 1 ? "\"type\": \"flatten\"" : $"\"type\": \"reshape\", \"shape\": [{string.Join(", ", shape)}]", shape, source);
    }

    private void AddResampled(DrawnNode source)
    {
        int[] sides = source.Shape[..^1];
        string type = sides.Length == 1 ? "1d" : "2d";
        if (_random.Next(2) == 0)
        {
            int[] size = [.. sides.Select(_ => _random.Next(1, 4))];
            Add($"\"type\": \"upsample{type}\", \"size\": {List(size)}", [.. sides.Select((side, i) => side * size[i]), source.Shape[^1]], source);
            return;
        }

        string[] keys = sides.Length == 1 ? ["before", "behind"] : ["top", "bottom", "left", "right"];
        int[] edges = [.. sides.SelectMany(side => (int[])[_random.Next(0, (side + 1) / 2), _random.Next(0, (side + 1) / 2)])];
        Add(
            $"\"type\": \"cropping{type}\"{string.Concat(keys.Select((key, i) => $", \"{key}\": {edges[i]}"))}",
            [.. sides.Select((side, i) => side - edges[2 * i] - edges[(2 * i) + 1]), source.Shape[^1]],
            source);
    }

    private void AddTransposed(DrawnNode source)
    {
        int[] sides = source.Shape[..^1];
        bool isSignal = sides.Length == 1;
        int dilation = _random.Next(3) == 0 ? _random.Next(2, 4) : 1, filters = Channels();
        int[] kernel = [.. sides.Select(_ => _random.Next(1, 6))], strides = [.. sides.Select(_ => _random.Next(1, 4))], more = [.. sides.Select(_ => _random.Next(3) == 0 ? _random.Next(1, 3) : 0)];
        int[] reach = [.. kernel.Select(size => (dilation * (size - 1)) + 1)], touched = [.. sides.Select((side, i) => ((side - 1) * strides[i]) + reach[i])];
        string? word = Pick("valid", "same", isSignal ? "causal" : "same", null);
        int[] before = [.. sides.Select((_, i) => word is null ? _random.Next(0, Math.Min(reach[i], (touched[i] + 1) / 2)) : 0)];
        int[] behind = isSignal && _random.Next(2) == 0 ? [word is null ? _random.Next(0, Math.Min(reach[0], (touched[0] + 1) / 2)) : 0] : before;
        int[] output = [.. sides.Select((side, i) => (word is "same" or "causal" ? side * strides[i] : touched[i] - before[i] - behind[i]) + more[i])];
        string padding = word is null ? List(isSignal ? [.. before, .. behind] : before) : $"\"{word}\"";
        Add(
            $"\"type\": \"{(isSignal ? "conv1dTranspose" : "conv2dTranspose")}\", \"filters\": {filters}, \"kernelSize\": {List(kernel)}, \"strides\": {List(strides)}, \"padding\": {padding}, \"outputPadding\": {List(more)}, \"dilation\": {dilation}{Maybe(", \"bias\": false")}, {Activation()}{Initializer()}",
            [.. output, filters], source);
    }

    private void AddElementwise(DrawnNode source)
    {
        if (source == _nodes[0] && _random.Next(3) == 0)
        {
            Add("\"type\": \"normalization\"", source.Shape, source);
            return;
        }

        string keys = _random.Next(8) switch
        {
            7 => "\"type\": \"softmax\"",
            6 => $"\"type\": \"scale\", \"factor\": {Factor(source.Shape[^1])}",
            0 or 1 => $"\"type\": \"activation\", {Activation()}",
            2 => "\"type\": \"prelu\"",
            3 => $"\"type\": \"layerNorm\"{Epsilon()}",
            4 => $"\"type\": \"dropout\", \"rate\": 0.{_random.Next(1, 10)}",
            _ => $"\"type\": \"batchNorm\"{Epsilon()}{Maybe($", \"momentum\": 0.{_random.Next(1, 10)}")}",
        };
        Add(keys, source.Shape, source);
    }

    private void AddSums(DrawnNode source)
    {
        switch (source.Shape.Length)
        {
            case 1:
                AddDense(source, Pick(Sizes), isActivated: true);
                break;
            case 2 when _random.Next(3) == 0:
                AddDense(source, Channels(), isActivated: true);
                break;
            case 2 when _random.Next(3) > (_isCausal ? 1 : 0):
                AddRecurrent(source, Pick("gru", "lstm", "rnn"), sequences: _isCausal || _random.Next(2) == 0);
                break;
            case 2:
                AddWindow(source, _isCausal ? "conv1d" : Pick("conv1d", "conv1d", "conv1d", "maxPool1d", "averagePool1d"));
                break;
            default:
                if (_random.Next(8) == 0)
                    Add($"\"type\": \"{Pick("globalAveragePool", "globalMaxPool")}\"", [source.Shape[2]], source);
                else
                    AddWindow(source, Pick("conv2d", "conv2d", "depthwiseConv2d", "maxPool2d", "averagePool2d"));
                break;
        }
    }

    private void AddDense(DrawnNode source, int units, bool isActivated)
        => Add($"\"type\": \"dense\", \"units\": {units}{(_random.Next(4) == 0 ? ", \"bias\": false" : "")}{(isActivated ? ", " + Activation() : "")}{Initializer()}", [.. source.Shape[..^1], units], source);

    private void AddRecurrent(DrawnNode source, string type, bool sequences)
    {
        int units = _random.Next(3) == 0 ? Pick(17, 20, 33) : Pick(1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16);
        string recurrent = Maybe($", \"recurrentInitializer\": \"{Pick(Initializers)}\", \"recurrentGain\": 0.{_random.Next(1, 100)}");
        string bias = type == "lstm" ? Maybe($", \"forgetBias\": {Pick("0", "0.25", "2")}") : "";
        Add(
            $"\"type\": \"{type}\", \"units\": {units}{(sequences ? ", \"returnSequences\": true" : "")}{(units % 3 == 0 ? ", \"stateful\": true" : "")}{Initializer()}{recurrent}{bias}",
            sequences ? [source.Shape[0], units] : [units], source);
    }

    private void AddWindow(DrawnNode source, string type)
    {
        bool isPool = type.Contains("Pool", StringComparison.Ordinal);
        int[] sides = source.Shape[..^1];
        int channels = source.Shape[^1];
        bool isSignal = type == "conv1d", isCausal = isSignal && (_isCausal || _random.Next(4) == 0);
        bool isMany = !isPool && channels >= 32, isOneTap = isMany && _random.Next(2) == 0, isColumn = isMany && !isOneTap && !isSignal && _random.Next(2) == 0;
        bool isSame = isCausal || (!isColumn && _random.Next(3) == 0), isPadded = !isColumn && _random.Next(2) == 0;
        int dilation = isPool || _random.Next(2) > 0 ? 1 : isCausal && _random.Next(2) == 0 ? Pick(5, 65536) : _random.Next(2, 4);

        // kernels: as long as the image and more where padding leaves room; padding: below the window's reach
        int[] kernel = [.. sides.Select((side, i) => isOneTap || (isColumn && i == 1) ? 1 : _random.Next(1, isSame ? 7 : Math.Max(2, Math.Min(6, ((side - 1) / dilation) + 2))))];
        int[] strides = [.. sides.Select(_ => _isCausal ? 1 : _random.Next(1, 4))];
        int[] padding = [.. kernel.Select(Padding)], behind = isSignal && _random.Next(2) == 0 ? [.. kernel.Select(Padding)] : padding;
        int[] output = [.. sides.Select((side, i) => isSame
            ? (side + strides[i] - 1) / strides[i]
            : ((side + padding[i] + behind[i] - (dilation * (kernel[i] - 1)) - 1) / strides[i]) + 1)];

        string padded = isCausal ? ", \"padding\": \"causal\"" : isSame ? ", \"padding\": \"same\"" : isPadded ? $", \"padding\": {List(isSignal ? [.. padding, .. behind] : padding)}" : "";
        string window = $"\"{(isPool ? "poolSize" : "kernelSize")}\": {List(kernel)}, \"strides\": {List(strides)}{padded}";
        if (isPool)
        {
            string counted = type.StartsWith("average", StringComparison.Ordinal) ? Maybe(", \"countPadding\": true") : "";
            Add($"\"type\": \"{type}\", {window}{counted}", [.. output, channels], source);
            return;
        }

        // Many filters of a small image, and another layer that reads them: what its weight gradients read is packed.
        int filters = output.Aggregate(1, static (all, side) => all * side) <= 64 && (isMany || _random.Next(2) == 0) ? Pick(32, 35, 48, 64, 66) : Channels();
        string own = $", \"filters\": {filters}";
        if (type == "depthwiseConv2d")
        {
            int multiplier = _random.Next(1, 4);
            filters = channels * multiplier;
            own = $", \"depthMultiplier\": {multiplier}";
        }
        else if (_random.Next(3) == 0)
        {
            int groups = Pick([.. Enumerable.Range(1, channels).Where(group => channels % group == 0)]);
            filters = groups * _random.Next(1, 5);
            own = $", \"filters\": {filters}, \"groups\": {groups}";
        }

        string dilated = dilation == 1 ? "" : $", \"dilation\": {dilation}";
        Add($"\"type\": \"{type}\", {window}{dilated}{own}{Maybe(", \"bias\": false")}, {Activation()}{Initializer()}", [.. output, filters], source);
        if (filters >= 32 && channels < 32)
            AddWindow(_nodes[^1], type);

        int Padding(int size) => isSame || !isPadded ? 0 : _random.Next(0, Math.Min(4, (dilation * (size - 1)) + 1));
    }

    private void Add(string keys, int[] shape, params DrawnNode[] sources)
    {
        bool followsLast = sources[0] == _nodes[^1] && sources.Length <= 2;
        DrawnNode[] named = followsLast ? sources[1..] : sources;
        foreach (DrawnNode node in sources)
            node.IsRead = true;
        foreach (DrawnNode node in named)
            node.Name ??= $"n{_nodes.IndexOf(node)}";
        _nodes.Add(new DrawnNode(keys, shape) { From = [.. named.Select(static node => node.Name!)] });
    }

    private string Activation()
    {
        string word = Pick(Activations);
        return $"\"activation\": \"{word}\"" + word switch
        {
            "leakyRelu" => $", \"negativeSlope\": 0.{_random.Next(1, 100)}",
            "elu" => Maybe($", \"alpha\": {_random.Next(1, 3)}.{_random.Next(1, 100)}"),
            "clip" => $", \"min\": {Pick("-1", "-0.0", "0", "0.1")}, \"max\": 0.{_random.Next(2, 10)}",
            _ => "",
        };
    }

    private string Factor(int channels)
    {
        string[] factors = [.. Enumerable.Range(0, _random.Next(2) == 0 ? 1 : channels).Select(_ => Pick("0.00392156863", "-1.5", "3", "1e-30"))];
        return factors.Length == 1 ? factors[0] : $"[{string.Join(", ", factors)}]";
    }

    private string Initializer() => Maybe($", \"initializer\": \"{Pick(Initializers)}\", \"gain\": 0.{_random.Next(1, 100)}");

    private string Epsilon() => Maybe($", \"epsilon\": {Pick("0.1", "0.001", "1e-12")}");

    private string Maybe(string keys) => _random.Next(2) == 0 ? keys : "";

    private int Side() => _random.Next(1, 10);

    private int Channels() => Pick(1, 2, 3, 4, 5, 6, 8, 9, 12, 16, 17);

    private static string List(int[] values)
        => values.Distinct().Count() == 1 ? values[0].ToString(CultureInfo.InvariantCulture) : $"[{string.Join(", ", values)}]";

    private T Pick<T>(params IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
