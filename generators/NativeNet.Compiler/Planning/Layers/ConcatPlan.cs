using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Layers side by side: copies of their channels where these are not written in place, and back of their gradients.</summary>
/// <param name="Concat">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record ConcatPlan(ConcatSpec Concat, LayerViews Views) : LayerPlan(Concat, Views, default)
{
    public override bool NeedsForward => Views.Inputs.Any(IsCopied);

    public override bool NeedsBackward => Views.InputGradients.Any(IsCopied);

    /// <summary>Whether a source's values lie elsewhere.</summary>
    public bool IsCopied(View source) => source.Buffer != Views.Output.Buffer;

    /// <summary>Whether a source's gradient lies elsewhere and is wanted.</summary>
    public bool IsCopied(GradientTarget target) => target.Gradient is { } gradient && gradient.Buffer != Views.Incoming.Buffer;
}
