using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A batch normalization: by running averages in prediction, in training by sums that the rows wait for.</summary>
/// <param name="Norm">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights, biases and running averages.</param>
/// <param name="Share">Room for its input gradient.</param>
/// <param name="ChannelStride">Floats of one value a channel: whole vectors where there are any.</param>
/// <param name="Activation">What it applies to its outputs, and takes back from their gradient; none or relu.</param>
internal sealed record BatchNormPlan(
    BatchNormSpec Norm, LayerViews Views, EquatableArray<ParameterTensor> Tensors, View Share, int ChannelStride, ActivationSpec Activation)
    : LibraryPlan(Norm, Views, Tensors, Share)
{
    public override bool TrainsOtherwise => !Norm.IsFixed;

    /// <summary>Whether it goes forward over rows, whose channels fill whole vectors of four.</summary>
    public bool IsOverRows => Views.InputInBlocks is not null;

    /// <summary>What sums over a batch and the way back read.</summary>
    public View Summed => Views.InputInBlocks ?? Views.Input;

    public override IEnumerable<View> StatisticsReads => [Summed];

    /// <summary>Means, deviations, estimates of the variance and the gradients of weights and biases; none by running averages.</summary>
    public override View? Statistics => Norm.IsFixed ? null : new(
        Name + "Statistics", Name + "Statistics", SampleForm.Whole, 5 * ChannelStride, 5 * ChannelStride);

    /// <summary>Where it applies an activation, its outputs before that.</summary>
    public override IEnumerable<View> GradientStatisticsReads => Activation.Kind == ActivationKind.None ? [] : ParameterViews;

    public override IEnumerable<View> BackwardReads => Statistics is { } statistics
        ? [Summed, .. base.BackwardReads, .. ParameterViews, statistics]
        : [.. base.BackwardReads, .. ParameterViews];

    public override IEnumerable<Replacement> ForwardInPlace => [new Replacement(Views.Input, Views.Output)];

    public override IEnumerable<Replacement> BackwardInPlace => InPlaceOf(Norm.IsFixed ? [Views.Incoming] : [Summed, Views.Incoming], Views.InputGradients);

    public override IEnumerable<View> UpdateReads => [Statistics ?? Views.Incoming];
}
