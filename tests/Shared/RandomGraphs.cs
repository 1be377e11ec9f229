using System.Globalization;

namespace NativeNet.Tests.Shared;

/// <summary>Network files whose layers read any earlier ones, of every type and with every key, from a seed.</summary>
internal sealed class RandomGraphs
{
    private static readonly string[] Activations =
        ["none", "relu", "leakyRelu", "tanh", "sigmoid", "elu", "gelu", "silu", "hardSwish", "softplus", "relu6", "clip"];

    private static readonly string[] Initializers = ["heNormal", "heUniform", "glorotUniform", "normal"];

    private readonly Random _random;
    private readonly bool _isWide;
    private readonly List<Layer> _layers = [];

    private RandomGraphs(int seed, bool isWide)
    {
        _random = new Random(seed);
        _isWide = isWide;
    }

    /// <summary>A small network that is right: every layer is read, every shape fits.</summary>
    /// <param name="seed">Any number.</param>
    public static string Create(int seed) => new RandomGraphs(seed, isWide: false).Build();

    /// <summary>A network at the limits of its keys and with names of any text; it may be too large.</summary>
    /// <param name="seed">Any number.</param>
    public static string CreateWide(int seed) => new RandomGraphs(seed, isWide: true).Build();

    private string Build()
    {
        int[] input = _random.Next(3) switch
        {
            0 => [Size(1, 12)],
            1 => [Size(2, 10), Size(1, 5)],
            _ => [Size(2, 8), Size(2, 8), Size(1, 5)],
        };
        _layers.Add(new Layer("", input) { Name = "input", IsRead = true });

        for (int i = _random.Next(2, 14); i > 0; i--)
            AddLayer();
        Finish();

        string layers = string.Join(",\n    ", _layers.Skip(1).Select(static layer => layer.Write()));
        return $$"""
            {
              "input": [{{string.Join(", ", input)}}],
              "layers": [
                {{layers}}
              ],
              "loss": "meanSquaredError",
              "batchSize": {{_random.Next(2, 41)}}
            }
            """;
    }

    private void AddLayer()
    {
        // Chains are what networks are made of; every fourth layer reads something else.
        Layer source = _random.Next(4) == 0 ? Pick([.. _layers]) : _layers[^1];
        switch (_random.Next(12))
        {
            case 0 or 1:
                Join(_random.Next(2) == 0 ? "add" : "multiply", source, static (shape, other) => shape.SequenceEqual(other));
                break;
            case 2 or 3:
                Join("concat", source, static (shape, other) => shape.SkipLast(1).SequenceEqual(other.SkipLast(1)));
                break;
            case 4 or 5:
                AddElementwise(source);
                break;
            case 6:
                AddView(source);
                break;
            default:
                AddSums(source);
                break;
        }
    }

    /// <summary>A dense layer behind everything that nobody reads yet.</summary>
    private void Finish()
    {
        for (int i = 1; i < _layers.Count; i++)
        {
            if (!_layers[i].IsRead && _layers[i].Shape.Length > 1)
                Add(new Layer("\"type\": \"flatten\"", [_layers[i].Length]), _layers[i]);
        }

        Layer[] open = [.. _layers.Where(static layer => !layer.IsRead)];
        if (open.Length > 1)
            Add(new Layer("\"type\": \"concat\"", [Sum(open.Select(static layer => layer.Length))]) { IsJoin = true }, open);
        else if (open.Length == 0)
            Add(new Layer("\"type\": \"flatten\"", [_layers[0].Length]), _layers[0]);
        Add(Dense(_random.Next(1, 6)), _layers[^1]);
    }

    private void Join(string type, Layer first, Func<int[], int[], bool> fits)
    {
        Layer[] candidates = [.. _layers.Where(layer => fits(first.Shape, layer.Shape))];
        Layer[] operands = [first, .. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(candidates))];
        int channels = type != "concat" ? first.Shape[^1] : Sum(operands.Select(static layer => layer.Shape[^1]));
        Add(new Layer($"\"type\": \"{type}\"", [.. first.Shape.SkipLast(1), channels]) { IsJoin = true }, operands);
    }

    private void AddElementwise(Layer source)
        => Add(
            new Layer(
                _random.Next(7) switch
                {
                    5 => $"\"type\": \"scale\", \"factor\": {Float()}",
                    6 => "\"type\": \"softmax\"",
                    0 => $"\"type\": \"activation\", {Activation(isRequired: true)}",
                    1 => "\"type\": \"prelu\"",
                    2 => $"\"type\": \"layerNorm\"{Maybe("epsilon", Float())}",
                    3 => $"\"type\": \"dropout\", \"rate\": {Float()}",
                    _ => $"\"type\": \"batchNorm\"{Maybe("momentum", Float())}{Maybe("epsilon", Float())}",
                },
                source.Shape),
            source);

    private void AddView(Layer source)
    {
        int[] shape = source.Shape.Length == 1 && source.Length % 2 == 0 ? [2, source.Length / 2]
            : source.Shape.Length == 2 ? [source.Shape[0], 1, source.Shape[1]]
            : [source.Length];
        Add(
            shape.Length == 1
                ? new Layer("\"type\": \"flatten\"", shape)
                : new Layer($"\"type\": \"reshape\", \"shape\": [{string.Join(", ", shape)}]", shape),
            source);
    }

    private void AddSums(Layer source)
    {
        if (source.Shape.Length == 1)
            Add(Dense(Size(1, 9)), source);
        else if (_random.Next(4) == 0)
            Add(new Layer($"\"type\": \"{(_random.Next(2) == 0 ? "globalAveragePool" : "globalMaxPool")}\"", [source.Shape[^1]]), source);
        else if (source.Shape.Length == 2 && _random.Next(3) == 0)
            AddWindow(source, _random.Next(2) == 0 ? "maxPool1d" : "averagePool1d", [source.Shape[0]], source.Shape[1], null);
        else if (source.Shape.Length == 2)
            AddWindow(source, "conv1d", [source.Shape[0]], _random.Next(1, 7), "");
        else
            AddImage(source);

        // What folding looks for.
        if (_random.Next(3) == 0)
            Add(new Layer("\"type\": \"batchNorm\"", _layers[^1].Shape), _layers[^1]);
    }

    private void AddImage(Layer source)
    {
        int channels = source.Shape[2], multiplier = _isWide && _random.Next(3) == 0 ? _random.Next(1, 65537) : _random.Next(1, 4);
        switch (_random.Next(4))
        {
            case 0:
                AddWindow(source, "depthwiseConv2d", source.Shape[..2], channels * multiplier, $", \"depthMultiplier\": {multiplier}");
                break;
            case 1:
                AddWindow(source, _random.Next(2) == 0 ? "maxPool2d" : "averagePool2d", source.Shape[..2], channels, null);
                break;
            case 2:
                AddWindow(source, "conv2d", source.Shape[..2], channels * 2, $", \"filters\": {channels * 2}, \"groups\": {channels}");
                break;
            default:
                AddWindow(source, "conv2d", source.Shape[..2], _random.Next(1, 7), "");
                break;
        }
    }

    /// <summary>A layer with a window; <paramref name="keys"/> is null for pooling, and empty where the filters are to be written.</summary>
    private void AddWindow(Layer source, string type, int[] sides, int channels, string? keys)
    {
        bool isPool = keys is null, isSame = _random.Next(2) == 0;
        int dilation = isPool || !isSame ? 1 : Size(1, 4, 256), kernel, padding = 0;
        if (isSame)
        {
            kernel = Size(1, 5, 256);
        }
        else
        {
            kernel = _random.Next(1, sides.Min() + 1);
            padding = _random.Next(0, kernel);
        }

        int[] strides = [.. sides.Select(_ => Size(1, 4, 256))];
        int[] output = [.. sides.Select((side, i) => isSame ? (side + strides[i] - 1) / strides[i] : ((side + (2 * padding) - kernel) / strides[i]) + 1)];
        string stride = strides.Length == 1 ? Text(strides[0]) : $"[{string.Join(", ", strides)}]";
        string window = $"\"{(isPool ? "poolSize" : "kernelSize")}\": {kernel}, \"strides\": {stride}, \"padding\": {(isSame ? "\"same\"" : Text(padding))}";
        string rest = isPool ? type.StartsWith("average", StringComparison.Ordinal) ? Maybe("countPadding", "true") : "" : $", \"dilation\": {dilation}{Maybe("bias", "false")}, {Activation(isRequired: false)}{Initializer()}"
            + (keys!.Length > 0 ? keys : $", \"filters\": {channels}");
        Add(new Layer($"\"type\": \"{type}\", {window}{rest}", [.. output, channels]), source);
    }

    private Layer Dense(int units)
        => new($"\"type\": \"dense\", \"units\": {units}{Maybe("bias", "false")}, {Activation(isRequired: false)}{Initializer()}", [units]);

    private void Add(Layer layer, params Layer[] sources)
    {
        int before = _layers.Count - 1;
        int[] indices = [.. sources.Select(source => _layers.IndexOf(source))];
        foreach (Layer source in sources)
            source.IsRead = true;

        bool isDefault = indices[0] == before && (layer.IsJoin ? indices.Length == 2 : true) && _random.Next(5) > 0;
        string[] names = [.. (isDefault ? indices.Skip(1) : indices).Select(NameOf)];
        layer.From = names.Length == 0 ? "" : layer.IsJoin && names.Length > 1 ? $", \"from\": [{string.Join(", ", names)}]" : $", \"from\": {names[0]}";
        _layers.Add(layer);
    }

    private string NameOf(int index)
    {
        Layer layer = _layers[index];
        layer.Name ??= $"{(_isWide ? AnyText() : "layer")}{index}";
        return layer.Name == "input" ? "\"input\"" : Quote(layer.Name);
    }

    /// <summary>Quotes, backslashes, controls, halves of surrogate pairs, and what is not ASCII.</summary>
    private string AnyText()
        => new([.. Enumerable.Range(0, _random.Next(0, 8)).Select(_ => "ab\"\\/\n\0\u007f ä語\uD800\uDC00\u2028"[_random.Next(14)])]);

    private static string Quote(string text)
        => "\"" + string.Concat(text.Select(static c => c is >= ' ' and not ('"' or '\\') ? c.ToString() : $"\\u{(int)c:x4}")) + "\"";

    private string Activation(bool isRequired)
    {
        string word = !isRequired && _random.Next(2) == 0 ? "none" : Pick(Activations);
        string parameters = word switch
        {
            "leakyRelu" => Maybe("negativeSlope", Float()),
            "elu" => Maybe("alpha", Float()),
            "clip" => $", \"min\": -{Float()}, \"max\": {Float()}",
            _ => "",
        };
        return $"\"activation\": \"{word}\"{parameters}";
    }

    private string Initializer()
    {
        string word = Pick(Initializers);
        return $", \"initializer\": \"{word}\"" + (word == "normal" ? $", \"gain\": {Float()}" : Maybe("gain", Float()));
    }

    private string Maybe(string key, string value) => _random.Next(2) == 0 ? $", \"{key}\": {value}" : "";

    /// <summary>Above 0 and below 1; for the text alone any magnitude that is no zero.</summary>
    private string Float()
    {
        float value = _isWide ? MathF.Pow(2, -_random.Next(1, 149)) * (1 + _random.NextSingle()) / 2 : (_random.NextSingle() * 0.8f) + 0.1f;
        return Math.Max(value, float.Epsilon).ToString("G9", CultureInfo.InvariantCulture);
    }

    private int Size(int least, int below, int widest = 65536)
        => _isWide && _random.Next(6) == 0 ? _random.Next(least, widest + 1) : _random.Next(least, below);

    /// <summary>Wide shapes may be beyond 32 bits: such a network is refused, whatever number stands here.</summary>
    private static int Sum(IEnumerable<int> sizes) => sizes.Aggregate(0, static (sum, size) => unchecked(sum + size));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A layer on its way into the file.</summary>
    /// <param name="keys">Its type and its keys but for <c>from</c> and <c>name</c>.</param>
    /// <param name="shape">What it puts out.</param>
    private sealed class Layer(string keys, int[] shape)
    {
        public int[] Shape { get; } = shape;

        public int Length => Shape.Aggregate(1, static (length, side) => unchecked(length * side));

        public string? Name { get; set; }

        public bool IsJoin { get; init; }

        public bool IsRead { get; set; }

        public string From { get; set; } = "";

        public string Write() => $"{{ {keys}{From}{(Name is null ? "" : $", \"name\": {Quote(Name)}")} }}";
    }
}
