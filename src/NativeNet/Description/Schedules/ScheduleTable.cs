using NativeNet.Description.Syntax;

namespace NativeNet.Description.Schedules;

/// <summary>The types of schedules. A new one is an entry here and a <see cref="ScheduleSpec"/>.</summary>
internal static class ScheduleTable
{
    private static readonly NumberKey Decay = new("decay", null, below: 1);
    private static readonly IntegerKey Every = new("every", 1, NetworkLimits.Epochs);
    private static readonly IntegerKey Halving = new("halving", 1, NetworkLimits.Epochs);
    private static readonly IntegerKey Epochs = new("epochs", 1, NetworkLimits.Epochs);
    private static readonly IntegerKey Patience = new("patience", 0, NetworkLimits.Epochs, defaultValue: 10);
    private static readonly NumberKey Threshold = new("threshold", 0.0001f, below: 1);
    private static readonly NumberKey Floor = new("floor", 0, below: 1);
    private static readonly NumberKey Strength = new("strength", 0.75f, below: 1);

    public static readonly WordTable<ScheduleForm> Forms = new(
        "schedule type",
        ("constant", new ScheduleForm("a constant schedule", static (_, _) => new ConstantScheduleSpec())),
        ("step", new ScheduleForm(
            "a step schedule",
            static (owner, bag) => new StepScheduleSpec(Decay.Read(owner, bag).Value, Every.Read(owner, bag).Value),
            Decay, Every)),
        ("exponential", new ScheduleForm(
            "an exponential schedule",
            static (owner, bag) => new ExponentialScheduleSpec(Decay.Read(owner, bag).Value),
            Decay)),
        ("inverseTime", new ScheduleForm(
            "an inverse time schedule",
            static (owner, bag) => new InverseTimeScheduleSpec(Halving.Read(owner, bag).Value),
            Halving)),
        ("cosine", new ScheduleForm(
            "a cosine schedule",
            static (owner, bag) => new CosineScheduleSpec(Epochs.Read(owner, bag).Value, Floor.Read(owner, bag).Value),
            Epochs, Floor)),
        ("plateau", new ScheduleForm(
            "a plateau schedule",
            static (owner, bag) => new PlateauScheduleSpec(
                Decay.Read(owner, bag).Value, Patience.Read(owner, bag).Value,
                Threshold.Read(owner, bag).Value, Floor.Read(owner, bag).Value),
            Decay, Patience, Threshold, Floor)),
        ("accuracy", new ScheduleForm(
            "an accuracy schedule",
            static (owner, bag) => new AccuracyScheduleSpec(Strength.Read(owner, bag).Value),
            Strength)));
}
