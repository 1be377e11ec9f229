using NativeNet.Program.Training;
using NativeNet.Description;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Cli;

public sealed class TrainingDefaultsTests
{
    private const string Section =
        """{ "epochs": 7, "rule": "nesterov", "learningRate": 0.025, "momentum": 0.8, "weightDecay": 0.001, "warmup": 3, "schedule": { "type": "step", "decay": 0.5, "every": 5 } }""";

    [Fact]
    public void Everything_that_the_command_line_leaves_out_is_that_of_the_file()
    {
        TrainingDefaults defaults = Of(Section);

        Assert.Equal(7, defaults.Epochs);
        Assert.Equal(new UpdateRuleSpec(UpdateRuleKind.Nesterov, 0.025f, 0.8f, 0.001f), defaults.RuleOf(null, null, null));
        Assert.Equal(new LinearWarmup(3, new StepDecay(0.5f, 5)), defaults.ScheduleOf(null, null));
    }

    [Fact]
    public void The_command_line_wins_setting_by_setting()
    {
        TrainingDefaults defaults = Of(Section);

        Assert.Equal(new UpdateRuleSpec(UpdateRuleKind.Nesterov, 0.5f, 0.8f, 0), defaults.RuleOf(UpdateRuleKind.Nesterov, 0.5f, 0));
        Assert.Equal(new LinearWarmup(3, new ConstantRate()), defaults.ScheduleOf(new ConstantRate(), null));
        Assert.Equal(new StepDecay(0.5f, 5), defaults.ScheduleOf(null, 0));
    }

    [Theory]
    [InlineData(UpdateRuleKind.Sgd, 0.25f, 0, 0)]
    [InlineData(UpdateRuleKind.Momentum, 0.025f, 0.9f, 0)]
    [InlineData(UpdateRuleKind.Adam, 0.001f, 0, 0)]
    [InlineData(UpdateRuleKind.AdamW, 0.001f, 0, 0.01f)]
    public void Another_rule_than_that_of_the_file_has_its_own_settings(UpdateRuleKind kind, float rate, float momentum, float decay)
        => Assert.Equal(new UpdateRuleSpec(kind, rate, momentum, decay), Of(Section).RuleOf(kind, null, null));

    [Fact]
    public void Biases_decay_unless_the_file_or_the_command_line_spares_them()
    {
        TrainingDefaults sparing = Of("""{ "epochs": 7, "rule": "sgd", "learningRate": 0.02, "weightDecay": 0.1, "decayBiases": false }""");

        Assert.True(sparing.RuleOf(null, null, null).SparesBiases);
        Assert.True(sparing.RuleOf(UpdateRuleKind.AdamW, null, null).SparesBiases);
        Assert.False(sparing.RuleOf(null, null, null, decayBiases: true).SparesBiases);
        Assert.False(Of(Section).RuleOf(null, null, null).SparesBiases);
        Assert.True(Of(Section).RuleOf(null, null, null, decayBiases: false).SparesBiases);
    }

    [Fact]
    public void A_file_of_adam_says_nothing_about_the_rate_of_gradient_descent()
        => Assert.Equal(0.1f, Of("""{ "epochs": 7, "rule": "adam", "learningRate": 0.02 }""").PlainRate);

    [Fact]
    public void A_file_without_the_section_stands_for_plain_gradient_descent()
    {
        var defaults = new TrainingDefaults(null);

        Assert.Equal(100, defaults.Epochs);
        Assert.Equal(new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0), defaults.RuleOf(null, null, null));
        Assert.Equal(new ConstantRate(), defaults.ScheduleOf(null, null));
    }

    private static TrainingDefaults Of(string section)
        => new(NetworkSpec.Parse($$"""
            { "input": [1], "layers": [{ "type": "dense", "units": 2 }], "loss": "softmaxCrossEntropy", "batchSize": 1, "training": {{section}} }
            """).Training);
}
