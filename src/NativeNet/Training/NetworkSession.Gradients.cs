using NativeNet.Numerics;

namespace NativeNet.Training;

/// <content>Steps with gradients that are gathered first: over several batches, with a bound on their norm.</content>
public partial class NetworkSession<TTarget>
{
    private GradientAccumulator<TTarget>? _gradients;

    /// <summary>Adds the gradients of 1 to BatchSize samples to those of the next <see cref="StepAccumulated"/>.</summary>
    /// <remarks>
    /// The first call makes room for two gradient buffers, which plain steps do without. The running averages of batchNorm
    /// move with every call; each batch is normalized by itself. Processes have no part in it, nor threads: each does it all.
    /// </remarks>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <returns>The mean loss of these samples.</returns>
    public float Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets)
    {
        FloatingPointMode.Require();
        _areRowsShared = false;
        _gradients ??= new GradientAccumulator<TTarget>(Network);
        float loss = _gradients.Add(Parameters, inputs, targets, Scratch, new TrainingDraw(Seed, StepCount + 1), ClassWeights.AsSpan());
        Network.UpdateRunningAverages(Parameters, Scratch);
        return loss;
    }

    /// <summary>One step with the mean gradient of all samples since the last one, however many batches they came in.</summary>
    /// <remarks>
    /// The batches' gradients are added in the order of the calls, each weighted with its size relative to the first's,
    /// and divided by the sum of the weights. The norm runs over all trained parameters in the order of files, without
    /// padding, with 16 partial sums for every 4096 of them. Dropout numbers the samples through all batches of the step. After a single batch without a bound the step is that of
    /// <see cref="Step"/>, bit for bit.
    /// </remarks>
    /// <typeparam name="TRule">The update rule; a session keeps the state of one.</typeparam>
    /// <param name="rule">The rule with its rates.</param>
    /// <param name="maximumNorm">Gradients with a greater norm are brought down to it; above 0.</param>
    /// <returns>The norm of the gradient before it was bounded; not finite where a gradient is not or exceeds 1e19.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumNorm"/> is not above 0.</exception>
    /// <exception cref="InvalidOperationException">No gradients were gathered, or earlier steps used another rule.</exception>
    public float StepAccumulated<TRule>(in TRule rule, float maximumNorm = float.PositiveInfinity)
        where TRule : struct, IUpdateRule<TRule>
    {
        FloatingPointMode.Require();
        if (!(maximumNorm > 0f))
            throw new ArgumentOutOfRangeException(nameof(maximumNorm), maximumNorm, "Must be above 0.");
        if (_gradients is not { BatchCount: > 0 } gradients)
            throw new InvalidOperationException("There are no gradients yet; call Accumulate first.");

        Span<float> state = StateFor<TRule>();
        GatherState();
        float norm = gradients.Apply(Parameters, state, rule.AtStep(StepCount + 1), maximumNorm);
        StepCount++;
        return norm;
    }
}
