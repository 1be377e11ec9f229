namespace NativeNet.Description;

/// <summary>How the learning rate changes from epoch to epoch; the library's schedules say the formulas.</summary>
public abstract record ScheduleSpec;

/// <summary>The same rate throughout.</summary>
public sealed record ConstantScheduleSpec : ScheduleSpec;

/// <summary>A cut every few epochs.</summary>
/// <param name="Decay">The factor of one cut, above 0 and below 1.</param>
/// <param name="Every">The epochs between cuts, at least 1.</param>
public sealed record StepScheduleSpec(float Decay, int Every) : ScheduleSpec;

/// <summary>A cut every epoch.</summary>
/// <param name="Decay">The factor of one cut, above 0 and below 1.</param>
public sealed record ExponentialScheduleSpec(float Decay) : ScheduleSpec;

/// <summary>One over a line.</summary>
/// <param name="Halving">The epochs after which half of the rate is left, at least 1.</param>
public sealed record InverseTimeScheduleSpec(int Halving) : ScheduleSpec;

/// <summary>Half a period of a cosine.</summary>
/// <param name="Epochs">The epochs until the floor is reached, at least 1.</param>
/// <param name="Floor">The share of the rate that is left, at least 0 and below 1.</param>
public sealed record CosineScheduleSpec(int Epochs, float Floor) : ScheduleSpec;

/// <summary>A cut whenever the loss has not improved for a while.</summary>
/// <param name="Decay">The factor of one cut, above 0 and below 1.</param>
/// <param name="Patience">The epochs without improvement that pass without a cut, at least 0.</param>
/// <param name="Threshold">The relative improvement that counts, above 0 and below 1.</param>
/// <param name="Floor">The least share of the rate, at least 0 and below 1.</param>
public sealed record PlateauScheduleSpec(float Decay, int Patience, float Threshold, float Floor) : ScheduleSpec;

/// <summary>A rate that falls as accuracy grows.</summary>
/// <param name="Strength">The share of the rate that is gone when every prediction is correct, above 0 and below 1.</param>
public sealed record AccuracyScheduleSpec(float Strength) : ScheduleSpec;
