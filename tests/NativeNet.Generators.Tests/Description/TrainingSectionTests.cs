using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class TrainingSectionTests
{
    private const string Least = "\"epochs\": 3, \"rule\": \"sgd\", \"learningRate\": 0.1";

    [Fact]
    public void A_file_need_not_say_how_to_train()
        => Assert.Null(NetworkSpec.Parse(Network("")).Training);

    [Fact]
    public void Absent_keys_take_their_defaults()
        => Assert.Equal(
            new TrainingSpec(3, new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0), 0, new ConstantScheduleSpec()),
            Parse($"{{ {Least} }}"));

    [Theory]
    [InlineData("sgd", UpdateRuleKind.Sgd, 0f)]
    [InlineData("momentum", UpdateRuleKind.Momentum, 0.9f)]
    [InlineData("nesterov", UpdateRuleKind.Nesterov, 0.9f)]
    [InlineData("adam", UpdateRuleKind.Adam, 0f)]
    [InlineData("adamW", UpdateRuleKind.AdamW, 0f)]
    public void Every_rule_has_its_kind(string word, UpdateRuleKind kind, float momentum)
        => Assert.Equal(
            new UpdateRuleSpec(kind, 0.001f, momentum, 0.01f),
            Parse($$"""{ "epochs": 1, "rule": "{{word}}", "learningRate": 1e-3, "weightDecay": 0.01 }""").Rule);

    [Fact]
    public void Biases_can_be_spared()
    {
        NetworkSpec spec = NetworkSpec.Parse(Network($$""", "training": { {{Least}}, "weightDecay": 0.5, "decayBiases": false }"""));

        Assert.Equal(new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0.5f) { SparesBiases = true }, spec.Training!.Rule);
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
        Assert.False(Parse($$"""{ {{Least}}, "decayBiases": true }""").Rule.SparesBiases);
    }

    public static TheoryData<string, ScheduleSpec> Schedules => new()
    {
        { """{ "type": "constant" }""", new ConstantScheduleSpec() },
        { """{ "type": "step", "decay": 0.5, "every": 500 }""", new StepScheduleSpec(0.5f, 500) },
        { """{ "type": "exponential", "decay": 0.99 }""", new ExponentialScheduleSpec(0.99f) },
        { """{ "type": "inverseTime", "halving": 500 }""", new InverseTimeScheduleSpec(500) },
        { """{ "type": "cosine", "epochs": 90 }""", new CosineScheduleSpec(90, 0) },
        { """{ "type": "cosine", "epochs": 90, "floor": 0.1 }""", new CosineScheduleSpec(90, 0.1f) },
        { """{ "type": "plateau", "decay": 0.1 }""", new PlateauScheduleSpec(0.1f, 10, 0.0001f, 0) },
        {
            """{ "type": "plateau", "decay": 0.1, "patience": 0, "threshold": 0.01, "floor": 0.001 }""",
            new PlateauScheduleSpec(0.1f, 0, 0.01f, 0.001f)
        },
        { """{ "type": "accuracy" }""", new AccuracyScheduleSpec(0.75f) },
        { """{ "type": "accuracy", "strength": 0.5 }""", new AccuracyScheduleSpec(0.5f) },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Every_schedule_is_read_and_written_back(string schedule, ScheduleSpec expected)
    {
        string text = Network($$""", "training": { {{Least}}, "warmup": 2, "schedule": {{schedule}} }""");
        NetworkSpec spec = NetworkSpec.Parse(text);

        Assert.Equal(expected, spec.Training?.Schedule);
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
    }

    [Theory]
    [InlineData("momentum\", \"momentum\": 0.5, \"learningRate\": 0.1, \"weightDecay\": 0.25")]
    [InlineData("adamW\", \"learningRate\": 1e-3")]
    public void Rules_are_written_back(string rule)
    {
        NetworkSpec spec = NetworkSpec.Parse(Network($$""", "training": { "epochs": 7, "rule": "{{rule}} }"""));
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
    }

    [Theory]
    [InlineData("«[]»", "NNET0009", "'training' must be an object, not an array")]
    [InlineData("«{» \"epochs\": 1, \"rule\": \"sgd\" }", "NNET0008", "The key 'learningRate' is missing from the training section")]
    [InlineData("{ \"epochs\": «0», \"rule\": \"sgd\", \"learningRate\": 1 }", "NNET0011", "'epochs' must be from 1 to 1000000, not 0")]
    [InlineData("{ \"epochs\": 1, \"rule\": «\"Sgd\"», \"learningRate\": 1 }", "NNET0007", "Unknown update rule 'Sgd'; did you mean 'sgd'?")]
    [InlineData("{ \"epochs\": 1, \"rule\": \"sgd\", \"learningRate\": «0» }", "NNET0011", "'learningRate' must be greater than 0 and finite, not 0")]
    [InlineData("{ \"epochs\": 1, \"rule\": \"sgd\", «\"learningRte\"»: 1 }", "NNET0006", "Unknown key 'learningRte' in the training section; did you mean 'learningRate'?")]
    [InlineData("{ «\"momentum\"»: 0.5, " + Least + " }", "NNET0016", "The key 'momentum' applies only with the rules 'momentum' and 'nesterov'; remove it")]
    [InlineData("{ \"momentum\": «1», \"epochs\": 1, \"rule\": \"nesterov\", \"learningRate\": 1 }", "NNET0011", "'momentum' must be greater than 0 and less than 1, not 1")]
    [InlineData("{ \"weightDecay\": «-1», " + Least + " }", "NNET0011", "'weightDecay' must be greater than 0 and finite, not -1")]
    [InlineData("{ \"warmup\": «1.5», " + Least + " }", "NNET0010", "'warmup' must be an integer written in digits alone, not 1.5")]
    [InlineData("{ \"schedule\": «\"step\"», " + Least + " }", "NNET0009", "'schedule' must be an object, not a string")]
    [InlineData("{ \"schedule\": «{»}, " + Least + " }", "NNET0008", "The key 'type' is missing from 'schedule'")]
    [InlineData("{ \"schedule\": { \"type\": «1» }, " + Least + " }", "NNET0009", "'type' must be a string, not a number")]
    [InlineData("{ \"schedule\": { \"type\": «\"stop\"» }, " + Least + " }", "NNET0007", "Unknown schedule type 'stop'; did you mean 'step'?")]
    [InlineData("{ \"schedule\": «{» \"type\": \"step\", \"every\": 5 }, " + Least + " }", "NNET0008", "The key 'decay' is missing from a step schedule")]
    [InlineData("{ \"schedule\": { \"type\": \"step\", \"every\": 5, \"decay\": «1» }, " + Least + " }", "NNET0011", "'decay' must be greater than 0 and less than 1, not 1")]
    [InlineData("{ \"schedule\": { \"type\": \"constant\", «\"floor\"»: 0.5 }, " + Least + " }", "NNET0006", "Unknown key 'floor' in a constant schedule; use 'type'")]
    public void Mistakes_are_underlined(string training, string id, string message)
        => Marked.VerifyMessage(Network($", \"training\": {training}"), id, message);

    private static TrainingSpec Parse(string training)
        => NetworkSpec.Parse(Network($", \"training\": {training}")).Training!;

    private static string Network(string training)
        => $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 8{{training}} }""";
}
