using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Compiler.Tests.Differential;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>
/// Random networks as C: whatever they compute has the bits of the reference, with a fused multiply-add in hardware, in doubles and
/// in integers. More of them: <c>NATIVENET_SEED=1000 NATIVENET_NETWORKS=500 dotnet test --project tests/NativeNet.Compiler.Tests --filter-class '*.CDifferentialTests'</c>.
/// </summary>
public sealed class CDifferentialTests
{
    private const int UsualNetworks = 48, Together = 4;

    private static readonly int First = Number("NATIVENET_SEED") ?? 0, Networks = Number("NATIVENET_NETWORKS") ?? UsualNetworks;

    private static readonly UpdateRuleSpec?[] Rules =
    [
        new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0.01f),
        new UpdateRuleSpec(UpdateRuleKind.Momentum, 0.1f, 0.9f, 0.01f),
        new UpdateRuleSpec(UpdateRuleKind.Adam, 0.01f, 0, 0.01f),
        new UpdateRuleSpec(UpdateRuleKind.Nesterov, 0.1f, 0.9f, 0.01f) { SparesBiases = true },
        new UpdateRuleSpec(UpdateRuleKind.AdamW, 0.01f, 0, 0.01f) { SparesBiases = true },
        new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0),
        null,
        new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0.02f) { SparesBiases = true },
        new UpdateRuleSpec(UpdateRuleKind.Adam, 0.01f, 0, 0.02f) { SparesBiases = true },
    ];

    private static readonly string[][] Flags = RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? [["-std=c99", "-O2", "-march=x86-64-v3"], ["-std=c11", "-O1"], ["-std=gnu11", "-O3", "-march=x86-64-v3"], ["-std=c99", "-Os", "-DNATIVENET_SOFTWARE_FMA"]]
        : [["-std=c99", "-O2"], ["-std=gnu11", "-O3"], ["-std=c99", "-Os", "-DNATIVENET_SOFTWARE_FMA"]];

    /// <summary>The first seed and the number of networks of each test.</summary>
    public static TheoryData<int, int> Parts()
    {
        var data = new TheoryData<int, int>();
        for (int i = 0; i < Networks; i += Together)
            data.Add(First + i, Math.Min(Together, Networks - i));
        return data;
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Networks_in_C_have_the_bits_of_the_reference(int first, int count)
    {
        CCompiler.Require();
        string[] failures = [.. Enumerable.Range(first, count).Select(static seed => Compare(seed)).OfType<string>()];
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    /// <summary>Tiles of vectors where sizes do not divide: a dense layer between two others, whose inputs' gradients are wanted.</summary>
    [Theory]
    [InlineData(16, 16, 7, "relu")]
    [InlineData(17, 33, 6, "tanh")]
    [InlineData(40, 100, 13, "none")]
    [InlineData(35, 10, 64, "gelu")]
    [InlineData(9, 130, 5, "elu")]
    [InlineData(64, 15, 3, "none")]
    [InlineData(128, 64, 32, "relu")]
    public void Dense_layers_of_any_size_have_the_bits_of_the_reference(int inputs, int units, int batch, string activation)
    {
        CCompiler.Require();
        string json = $$"""
            {
              "input": [5],
              "layers": [
                { "type": "dense", "units": {{inputs}}, "activation": "sigmoid" },
                { "type": "dense", "units": {{units}}, "activation": "{{activation}}"{{(batch % 2 == 0 ? ", \"bias\": false" : "")}} },
                { "type": "dense", "units": 3 }
              ],
              "loss": "softmaxCrossEntropy",
              "batchSize": {{batch}}
            }
            """;
        for (int seed = 0; seed < 2; seed++)
            Assert.Null(Compare(new DifferentialCase(seed, json), Rules[seed], Flags[0]));
    }

    /// <summary>A layer that puts out all states, then one that puts out its last; few of the random networks have them.</summary>
    [Theory]
    [InlineData("gru", 0, 2)]
    [InlineData("lstm", 1, 3)]
    [InlineData("rnn", 2, 0)]
    [InlineData("gru", 4, 3)]
    public void Recurrent_layers_have_the_bits_of_the_reference(string type, int rule, int flags)
    {
        CCompiler.Require();
        string json = $$"""
            {
              "input": [7, 3],
              "layers": [
                { "type": "{{type}}", "units": 17, "returnSequences": true },
                { "type": "{{type}}", "units": 5 },
                { "type": "dense", "units": 3 }
              ],
              "loss": "softmaxCrossEntropy",
              "batchSize": {{(rule == 1 ? 1 : 6)}}
            }
            """;
        for (int seed = 0; seed < 2; seed++)
            Assert.Null(Compare(new DifferentialCase(seed, json), Rules[rule], Flags[flags % Flags.Length]));
    }

    /// <summary>A step goes on where the last one stood, of a frozen layer too.</summary>
    [Theory]
    [InlineData("gru", "lstm", 0, 6)]
    [InlineData("lstm", "rnn", 2, 1)]
    [InlineData("rnn", "gru", 1, 5)]
    public void Stateful_layers_have_the_bits_of_the_reference(string first, string second, int rule, int batch)
    {
        CCompiler.Require();
        string json = $$"""
            {
              "input": [4, 2],
              "layers": [
                { "type": "{{first}}", "units": 5, "returnSequences": true, "stateful": true, "trainable": {{(batch == 5 ? "false" : "true")}} },
                { "type": "{{second}}", "units": 17, "returnSequences": true, "stateful": true },
                { "type": "dense", "units": 3 }
              ],
              "loss": "softmaxCrossEntropy",
              "batchSize": {{batch}}
            }
            """;
        for (int seed = 0; seed < 2; seed++)
            Assert.Null(Compare(new DifferentialCase(seed, json), Rules[rule], Flags[seed]));
    }

    [Fact]
    public void The_usual_networks_take_signals_in_pieces()
        => Assert.True(Enumerable.Range(0, UsualNetworks).Select(static seed => new DifferentialCase(seed)).Count(static drawn
            => drawn.Signal is { } signal && signal.Cuts.Any(static cuts => cuts.Length > 1)
            && drawn.Spec.Layers.OfType<ConvSpec>().Any(static conv => conv.Window.Horizontal.Kernel > 1)) > 1);

    /// <summary>Frozen layers and biases alone, of every layer that has them, between layers that learn.</summary>
    [Theory]
    [InlineData("frozen.nn.json")]
    [InlineData("frozen-recurrent.nn.json")]
    public void Frozen_layers_in_C_have_the_bits_of_the_reference(string file)
    {
        CCompiler.Require();
        string json = File.ReadAllText(Path.Combine(ModelFiles.Root, "tests", "NativeNet.Tests", "Networks", file));
        foreach (int seed in (int[])[0, 1, 2, 3])
            Assert.Null(Compare(new DifferentialCase(seed, json)));
    }

    /// <summary>The comparisons themselves: two roundings in place of one are found, on the device by the self-test.</summary>
    [Fact]
    public void A_product_that_is_rounded_before_the_sum_is_found()
    {
        CCompiler.Require();
        Assert.True(Enumerable.Range(0, 3).Count(static seed => Compare(seed, RoundTwice) is not null) >= 2);

        var spec = NetworkSpec.Parse("""{ "input": [9], "layers": [ { "type": "dense", "units": 7, "activation": "tanh" }, { "type": "dense", "units": 3 } ], "loss": "softmaxCrossEntropy", "batchSize": 5 }""");
        using var network = new CNetwork(spec, Rules[0], weights: null, Flags[0], RoundTwice);
        Assert.NotEqual(0, network.SelfTest());
    }

    private static string RoundTwice(string source) => source
        .Replace("return (float)sum.value;", "return a * b + c;", StringComparison.Ordinal)
        .Replace("return __builtin_fmaf(a, b, c);", "return a * b + c;", StringComparison.Ordinal);

    private static string? Compare(int seed, Func<string, string>? edit = null) => Compare(new DifferentialCase(seed), edit);

    private static string? Compare(DifferentialCase drawn, Func<string, string>? edit = null)
        => Compare(drawn, Rules[drawn.Seed % Rules.Length], Flags[drawn.Seed % Flags.Length], edit);

    private static string? Compare(DifferentialCase drawn, UpdateRuleSpec? rule, string[] flags, Func<string, string>? edit = null)
    {
        float[]? weights = rule is null || drawn.Spec.Layers.Any(static layer => layer.Parameters.Any(layer.IsFrozen)) ? [.. drawn.Parameters.Select(static weight => float.IsFinite(weight) ? weight : 0)] : null;
        try
        {
            using var network = new CNetwork(drawn.Spec, rule, weights, flags, edit);
            ComparePredictions(drawn, network);
            if (rule is { } trained)
                CompareTraining(drawn, network, trained);
            return network.SelfTest() is int status and not 0 ? throw new DifferentialException($"self-test: {status}") : null;
        }
        catch (DifferentialException difference)
        {
            return string.Create(CultureInfo.InvariantCulture, $"seed {drawn.Seed}, {string.Join(' ', flags)}, {rule?.Kind.ToString() ?? "no rule"}: {difference.Message}\n  of {drawn.Json}");
        }
    }

    private static void ComparePredictions(DifferentialCase drawn, CNetwork network)
    {
        int inputs = drawn.Spec.Input.Length, outputs = drawn.Spec.Output.Length;
        foreach (int sample in new[] { 0, drawn.Full - 1 }.Distinct())
        {
            BitComparison.Require(
                $"score of sample {sample}", drawn.Scores.AsSpan(sample * outputs, outputs),
                network.Predict(drawn.Parameters, drawn.Inputs.AsSpan(sample * inputs, inputs)));
        }

        foreach (int[] cuts in drawn.Signal?.Cuts ?? [])
            BitComparison.Require($"output of a signal in {cuts.Length} pieces", drawn.Signal!.Outputs, network.Process(drawn.Parameters, drawn.Signal.Inputs, cuts));
    }

    private static void CompareTraining(DifferentialCase drawn, CNetwork network, UpdateRuleSpec rule)
    {
        BitComparison.Require("loss", [drawn.Loss(drawn.Partial)], [network.Loss(drawn.Parameters, drawn.InputsOf(drawn.Partial), drawn.TargetsOf(drawn.Partial), drawn.Partial)]);
        IReadOnlyList<ReferenceStep> expected = rule.Kind switch
        {
            UpdateRuleKind.Sgd => drawn.Train(new Sgd(rule.LearningRate, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Momentum => drawn.Train(new Momentum(rule.LearningRate, rule.Momentum, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Nesterov => drawn.Train(new Nesterov(rule.LearningRate, rule.Momentum, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Adam => drawn.Train(new Adam(rule.LearningRate, weightDecay: rule.WeightDecay, decayBiases: !rule.SparesBiases)),
            _ => drawn.Train(new AdamW(rule.LearningRate, weightDecay: rule.WeightDecay, decayBiases: !rule.SparesBiases)),
        };
        network.Start(DifferentialCase.DropSeed);
        float[] parameters = network.Pack(drawn.Parameters);
        foreach (ReferenceStep step in expected)
        {
            float loss = network.TrainStep(parameters, drawn.InputsOf(step.Count), drawn.TargetsOf(step.Count), step.Count);
            BitComparison.Require($"loss of a step of {step.Count}", [step.Loss], [loss]);
            BitComparison.Require($"parameter after a step of {step.Count}", step.Parameters, network.Unpack(parameters));
        }
    }

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
