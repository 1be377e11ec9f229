namespace NativeNet.Training;

/// <summary>What <see cref="EarlyStopping"/> remembers of the epochs so far, saved with the run.</summary>
/// <param name="BestLoss">The lowest held-out loss that counted as an improvement; +∞ before the first.</param>
/// <param name="Waited">The epochs since then.</param>
public readonly record struct EarlyStoppingState(double BestLoss, int Waited)
{
    /// <summary>The state before the first epoch.</summary>
    public static EarlyStoppingState Start { get; } = new(double.PositiveInfinity, 0);
}
