using NativeNet.Description;
using NativeNet.Training.Schedules;

namespace NativeNet.Tests.Training.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void A_constant_rate_stays()
        => Assert.Equal([1f, 1f, 1f], Factors(new ConstantRate(), 0, 1, 100_000));

    [Fact]
    public void A_step_decay_cuts_every_few_epochs()
        => Assert.Equal([1f, 1f, 0.5f, 0.5f, 0.25f, 0.125f], Factors(new StepDecay(0.5f, 3), 0, 2, 3, 5, 6, 9));

    [Fact]
    public void An_exponential_decay_cuts_every_epoch_and_ends_at_zero()
    {
        Assert.Equal([1f, 0.75f, 0.5625f, 0.421875f], Factors(new ExponentialDecay(0.75f), 0, 1, 2, 3));
        Assert.Equal(0f, new ExponentialDecay(0.9f).Factor(int.MaxValue, ScheduleState.Start));
    }

    [Fact]
    public void An_inverse_time_decay_halves_and_thirds()
        => Assert.Equal([1f, 0.5f, 1f / 3, 1f / 5], Factors(new InverseTimeDecay(500), 0, 500, 1000, 2000));

    [Fact]
    public void A_cosine_decay_follows_the_cosine_to_its_floor()
    {
        var schedule = new CosineDecay(1000, 0.1f);
        for (int epoch = 0; epoch < 1000; epoch++)
        {
            double expected = 0.1f + ((1 - 0.1f) * (1 + Math.Cos(Math.PI * epoch / 1000)) / 2);
            Assert.Equal(expected, schedule.Factor(epoch, ScheduleState.Start), 1e-7);
        }

        Assert.Equal([1f, 0.55f, 0.1f, 0.1f], Factors(schedule, 0, 500, 1000, int.MaxValue));
    }

    [Fact]
    public void A_warm_up_rises_in_equal_steps_and_hands_over()
    {
        var schedule = new LinearWarmup(3, new StepDecay(0.5f, 2));
        Assert.Equal([0.25f, 0.5f, 0.75f, 1f, 1f, 0.5f, 0.5f, 0.25f], Factors(schedule, 0, 1, 2, 3, 4, 5, 6, 7));
    }

    [Fact]
    public void A_warm_up_passes_on_what_happened()
    {
        var schedule = new LinearWarmup(3, new AccuracyDecay(0.5f));
        ScheduleState state = schedule.After(ScheduleState.Start, loss: 1, accuracy: 0.5);
        Assert.Equal(0.5f * 0.75f, schedule.Factor(1, state));
        Assert.Equal(0.75f, schedule.Factor(3, state));
    }

    [Fact]
    public void A_plateau_is_cut_after_more_than_patience_epochs_without_improvement()
    {
        var schedule = new PlateauDecay(0.5f, patience: 2, threshold: 0.1f);
        double[] losses = [2, 1.9, 1.7, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.0, double.NaN, 1.0, 1.0];
        float[] expected = [1f, 1f, 1f, 1f, 1f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.125f];

        Assert.Equal(expected, FactorsAfter(schedule, losses, static (schedule, state, loss) => schedule.After(state, loss, 0)));
    }

    [Fact]
    public void A_plateau_ends_at_its_floor()
    {
        var schedule = new PlateauDecay(0.1f, patience: 0, floor: 0.05f);
        double[] losses = [1, 1, 1, 1];
        Assert.Equal([1f, 0.1f, 0.05f, 0.05f], FactorsAfter(schedule, losses, static (schedule, state, loss) => schedule.After(state, loss, 0)));
    }

    [Fact]
    public void The_best_accuracy_so_far_lowers_the_rate_and_a_dip_does_not_raise_it()
    {
        double[] accuracies = [0.5, 0.25, 1.0, double.NaN, 0.1];
        Assert.Equal(
            [0.625f, 0.625f, 0.25f, 0.25f, 0.25f],
            FactorsAfter(new AccuracyDecay(), accuracies, static (schedule, state, accuracy) => schedule.After(state, 1, accuracy)));
    }

    [Fact]
    public void Schedules_without_memory_keep_the_state()
    {
        LearningRateSchedule[] forgetful =
            [new ConstantRate(), new StepDecay(0.5f, 1), new ExponentialDecay(0.9f), new InverseTimeDecay(1), new CosineDecay(1)];
        var state = new ScheduleState(3, 2, 1);
        Assert.All(forgetful, schedule => Assert.Equal(state, schedule.After(state, 1, 1)));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Action[] wrong =
        [
            static () => _ = new StepDecay(0f, 1), static () => _ = new StepDecay(1.5f, 1), static () => _ = new StepDecay(0.5f, 0),
            static () => _ = new ExponentialDecay(float.NaN), static () => _ = new InverseTimeDecay(0),
            static () => _ = new CosineDecay(0), static () => _ = new CosineDecay(1, -0.1f),
            static () => _ = new LinearWarmup(0, new ConstantRate()), static () => _ = new PlateauDecay(patience: -1),
            static () => _ = new PlateauDecay(threshold: 2), static () => _ = new AccuracyDecay(1.1f),
            static () => new ConstantRate().Factor(-1, ScheduleState.Start),
        ];
        Assert.All(wrong, static create => Assert.Throws<ArgumentOutOfRangeException>(create));
    }

    public static TheoryData<ScheduleSpec, LearningRateSchedule> Specs => new()
    {
        { new ConstantScheduleSpec(), new ConstantRate() },
        { new StepScheduleSpec(0.5f, 3), new StepDecay(0.5f, 3) },
        { new ExponentialScheduleSpec(0.9f), new ExponentialDecay(0.9f) },
        { new InverseTimeScheduleSpec(7), new InverseTimeDecay(7) },
        { new CosineScheduleSpec(9, 0.25f), new CosineDecay(9, 0.25f) },
        { new PlateauScheduleSpec(0.5f, 4, 0.125f, 0.0625f), new PlateauDecay(0.5f, 4, 0.125f, 0.0625f) },
        { new AccuracyScheduleSpec(0.5f), new AccuracyDecay(0.5f) },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_networks_file_asks_for_a_schedule(ScheduleSpec spec, LearningRateSchedule expected)
    {
        var training = new TrainingSpec(10, new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, 0, 0), Warmup: 0, spec);
        Assert.Equal(expected, LearningRateSchedule.Of(training));
        Assert.Equal(new LinearWarmup(2, expected), LearningRateSchedule.Of(training with { Warmup = 2 }));
    }

    [Fact]
    public void Schedules_with_the_same_settings_are_equal()
    {
        Assert.Equal(new LinearWarmup(2, new StepDecay(0.5f, 3)), new LinearWarmup(2, new StepDecay(0.5f, 3)));
        Assert.NotEqual(new LinearWarmup(2, new StepDecay(0.5f, 3)), new LinearWarmup(2, new StepDecay(0.5f, 4)));
    }

    private static float[] Factors(LearningRateSchedule schedule, params int[] epochs)
        => [.. epochs.Select(epoch => schedule.Factor(epoch, ScheduleState.Start))];

    /// <summary>The factor behind each of a row of epochs.</summary>
    private static float[] FactorsAfter(
        LearningRateSchedule schedule, double[] values, Func<LearningRateSchedule, ScheduleState, double, ScheduleState> after)
    {
        ScheduleState state = ScheduleState.Start;
        var factors = new float[values.Length];
        for (int epoch = 0; epoch < values.Length; epoch++)
        {
            state = after(schedule, state, values[epoch]);
            factors[epoch] = schedule.Factor(epoch + 1, state);
        }

        return factors;
    }
}
