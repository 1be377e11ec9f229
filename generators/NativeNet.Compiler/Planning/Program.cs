using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A network's code before it is text: values with their places, and procedures as steps over them.</summary>
/// <remarks>
/// Everything is decided here: what is computed when, where it lies, where threads wait for each other. Back ends print the
/// steps, a runner executes them; plans are proven without looking at text.
/// </remarks>
/// <param name="Spec">The network.</param>
/// <param name="Target">What the code is made for.</param>
/// <param name="Parameters">The layout of the parameter buffer.</param>
/// <param name="Layers">The layers that compute, in order, with their values in training.</param>
/// <param name="BlockSize">The samples of a block; 1 where there are no blocks.</param>
/// <param name="PartSize">What the work on a batch is cut at: blocks or halves of them.</param>
/// <param name="Predict">The scores of one sample.</param>
/// <param name="PredictBatch">The scores of the samples of one block.</param>
/// <param name="Loss">The mean loss of a batch as prediction scores it; empty where there is no loss.</param>
/// <param name="TrainStep">Forward, backward and update for a batch; empty where there is no loss.</param>
/// <param name="Process">A signal frame by frame; null where the network is not causal.</param>
internal sealed record Program(
    NetworkSpec Spec,
    Target Target,
    ParameterLayout Parameters,
    EquatableArray<LayerPlan> Layers,
    int BlockSize,
    int PartSize,
    Procedure Predict,
    Procedure PredictBatch,
    Procedure Loss,
    Procedure TrainStep,
    StreamPlan? Process)
{
    /// <summary>The layer that puts out the scores.</summary>
    public LayerPlan Last => Layers[Layers.Count - 1];

    /// <summary>Floats of scratch that a thread needs.</summary>
    public int ScratchLength => Layers.Max(static layer => layer.ScratchLength);

    /// <summary>The layers that an update changes, in order.</summary>
    public IReadOnlyList<LayerPlan> Trained { get; } = [.. Layers.Where(static layer => layer.Learns)];

    /// <summary>
    /// Loss and gradients of a batch: a training step whose updates store gradients and whose running averages stay.
    /// </summary>
    public Procedure Gradients => TrainStep with
    {
        Steps = new([.. TrainStep.Steps.Where(static step => step is not Call { Op.Kind: OpKind.RunningAverages })]),
    };

    /// <summary>
    /// Whether one prediction is so little work that calls, loops and the way of values through memory would be most of
    /// it. Measured: 36 vector multiply-adds (4-16-16-1) take 10 ns in a straight line and 16 ns layer by layer; 160, as in
    /// 64-32-10, gain 2 % and are several hundred lines to read.
    /// </summary>
    public bool IsTiny(int widthIndex) => Layers.All(layer => layer.SingleOperations(widthIndex) is not null)
        && Layers.Sum(layer => layer.SingleOperations(widthIndex)) <= 64
        && Layers.Sum(layer => layer.LongActivations(widthIndex)) <= InliningBudget.LongFunctions
        && Layers.Skip(1).Zip(Layers, static (layer, before) => layer.Views.Input == before.Views.Output).All(static follows => follows);

    /// <summary>Whether the network trains; else its procedures of training are empty.</summary>
    public bool Trains => Spec.Loss is not null;

    /// <summary>Whether rows go forward otherwise in a training step than for a loss.</summary>
    public bool TrainsOtherwise => !TrainStep.Phases.First().Steps.Take(Loss.Phases.First().Steps.Count).SequenceEqual(Loss.Phases.First().Steps);

    /// <summary>Whether the rows of a training step wait for sums over the whole batch.</summary>
    public bool HasStatistics => TrainStep.Phases.Any(static phase => phase.Kind == PhaseKind.Statistics);

    /// <summary>Where one prediction leaves the scores.</summary>
    public View SingleScores => Predict.Calls.Last().Reads[0];

    /// <summary>Where a block's predictions leave the scores.</summary>
    public View BatchScores => PredictBatch.Calls.Last().Reads[0];

    /// <summary>The place in <see cref="Trained"/> of the first layer that a phase updates; the others follow.</summary>
    public int FirstUpdated(Phase phase) => Trained.TakeWhile(layer => layer.Spec.Index != phase.Calls.First().Op.Layer!.Index).Count();

    /// <summary>What is read behind a training step of the samples that a phase of rows has done: losses and scores, where it computes them.</summary>
    public IEnumerable<View> ResultsOf(Phase phase) => phase.Calls.Where(static call => call.Op.Kind == OpKind.Loss)
        .SelectMany(call => (View[])[call.Writes[1], Last.Views.Output]);

    /// <summary>
    /// Whether processes hand the sums of an update on, instead of the values of all samples that it reads in a workspace: where they are the contract's
    /// 16 chains, and the chains of all its parameters are fewer floats than the values of a full batch.
    /// </summary>
    public bool HandsSumsOn(Call update)
        => LayerOf(update.Op).SumsInChains && 16 * ParametersOf(update) < Spec.BatchSize * update.WorkspaceReads.Sum(static view => (long)view.Stride);

    /// <summary>The parameters that an update changes, padding included.</summary>
    public static long ParametersOf(Call update) => update.Writes.Sum(static view => (long)view.Length);

    /// <summary>How much work an update is, in multiply-adds of a sample.</summary>
    public long WorkOf(Call update) => Math.Max(1, LayerOf(update.Op).Spec.MultiplyAdds);

    /// <summary>The layer of an operation.</summary>
    public LayerPlan LayerOf(Op op) => Layers.First(layer => layer.Spec.Index == op.Layer!.Index);
}
