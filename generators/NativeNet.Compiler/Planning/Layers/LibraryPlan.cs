using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A layer whose kernels are the library's, called with its shape: nothing of it needs registers of its own.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its parameters and their places.</param>
/// <param name="Share">Room for its input gradient, if it has to be added to what is there or nobody wants it.</param>
internal abstract record LibraryPlan(LayerSpec Spec, LayerViews Views, EquatableArray<ParameterTensor> Tensors, View Share)
    : LayerPlan(Spec, Views, Tensors)
{
    public override bool SumsInChains => true;

    public override bool NeedsBackward => base.NeedsBackward || Saved is not null;

    /// <summary>Where its kernels leave the input gradient, from where it is added where <see cref="GradientTarget.Adds"/>.</summary>
    public View Result => NeedsShare ? Share : Views.InputGradient.Gradient!;

    public override IEnumerable<View> BackwardWrites
        => [.. base.BackwardWrites, .. NeedsShare ? [Share] : Array.Empty<View>(), .. Saved is { } saved ? [saved] : Array.Empty<View>()];

    public override IEnumerable<View> GradientViews => NeedsShare ? [Views.Incoming, Share] : [Views.Incoming];

    /// <summary>Whether the kernels write beside the gradient that is wanted.</summary>
    private bool NeedsShare => Views.InputGradient.Adds || (Views.InputGradient.Gradient is null && Saved is not null);
}
