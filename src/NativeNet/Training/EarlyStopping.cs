namespace NativeNet.Training;

/// <summary>Ends training when the loss on held-out samples has not improved for a while.</summary>
/// <remarks>
/// Prechelt, "Early stopping – but when?", 1998, its third criterion in the form of <c>keras.callbacks.EarlyStopping</c>:
/// an epoch improves when its loss is below the best so far by more than <see cref="MinimumImprovement"/>.
/// </remarks>
public sealed record EarlyStopping
{
    /// <summary>Creates the criterion.</summary>
    /// <param name="patience">The epochs without improvement after which training ends, at least 1.</param>
    /// <param name="minimumImprovement">In units of the loss; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public EarlyStopping(int patience, double minimumImprovement = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!double.IsFinite(minimumImprovement) || minimumImprovement < 0)
            throw new ArgumentOutOfRangeException(nameof(minimumImprovement), minimumImprovement, "Must be finite and at least 0.");

        Patience = patience;
        MinimumImprovement = minimumImprovement;
    }

    /// <summary>The epochs without improvement after which training ends.</summary>
    public int Patience { get; }

    /// <summary>How far below the best so far a loss must be.</summary>
    public double MinimumImprovement { get; }

    /// <summary>Whether training should end.</summary>
    /// <param name="state">The state after the last epoch.</param>
    public bool IsOver(in EarlyStoppingState state) => state.Waited >= Patience;

    /// <summary>The state after one more epoch.</summary>
    /// <param name="state">The state before it; <see cref="EarlyStoppingState.Start"/> before the first.</param>
    /// <param name="loss">The mean loss of the held-out samples after the epoch; NaN is no improvement.</param>
    public EarlyStoppingState After(in EarlyStoppingState state, double loss)
        => loss < state.BestLoss - MinimumImprovement
            ? new EarlyStoppingState(loss, 0)
            : state with { Waited = state.Waited + 1 };
}
