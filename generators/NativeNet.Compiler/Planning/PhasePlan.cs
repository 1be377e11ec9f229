namespace NativeNet.Compiler.Planning;

/// <summary>A phase of a training step: work with a barrier behind it.</summary>
/// <param name="Kind">What it does and how it is cut.</param>
/// <param name="Stage">Its number among the phases of its kind, from 0.</param>
internal readonly record struct PhasePlan(PhaseKind Kind, int Stage)
{
    /// <summary>The phases of a network's training step, in order.</summary>
    /// <param name="waiting">The layers whose rows wait for the whole batch, once on the way forward and once on the way back.</param>
    public static IEnumerable<PhasePlan> Of(int waiting)
    {
        for (int stage = 0; stage < 2 * waiting; stage++)
        {
            yield return new PhasePlan(PhaseKind.Rows, stage);
            yield return new PhasePlan(PhaseKind.Statistics, stage);
        }

        yield return new PhasePlan(PhaseKind.Rows, 2 * waiting);
        yield return new PhasePlan(PhaseKind.Update, 0);
    }
}

/// <summary>How the work of a phase is cut.</summary>
internal enum PhaseKind
{
    /// <summary>By samples: forward, losses and backward, as far as samples go by themselves.</summary>
    Rows,

    /// <summary>By outputs of sums over the whole batch, which the rows behind them need.</summary>
    Statistics,

    /// <summary>By layers, and each layer by its weights: their gradients, applied by the update rule.</summary>
    Update,
}
