using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>The values that a layer reads and writes in training; prediction keeps the same values in less memory.</summary>
/// <param name="Inputs">What it reads, one value a source, each in the layer's own form.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Converted">The same in the other form, where a later layer reads that.</param>
/// <param name="Sums">Its sums before the activation, beside the output, where the derivative is a function of them; else null.</param>
/// <param name="Incoming">The gradient of its outputs, which its readers write.</param>
/// <param name="InputGradients">The gradients that it writes, one a source: the sources' <paramref name="Incoming"/>.</param>
internal sealed record LayerViews(
    EquatableArray<View> Inputs, View Output, View? Converted, View? Sums, View Incoming, EquatableArray<GradientTarget> InputGradients)
{
    /// <summary>Whether <see cref="Incoming"/> is the gradient of the sums already: the reader has taken the activation back.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Whether a gradient comes back to it: training changes what it puts out.</summary>
    public bool IsOnTheWayBack { get; init; } = true;

    /// <summary>
    /// The same input in blocks, for sums over a batch and for the way back, where a layer goes forward over rows alone; else null.
    /// </summary>
    public View? InputInBlocks { get; init; }

    /// <summary>The one source of most layers.</summary>
    public View Input => Inputs[0];

    /// <summary>What the derivative of its activation is a function of.</summary>
    public View Kept => Sums ?? Output;

    /// <summary>The gradient of that source's outputs.</summary>
    public GradientTarget InputGradient => InputGradients[0];

    /// <summary>Whether any source's gradient is wanted.</summary>
    public bool WantsInputGradient => InputGradients.Any(static target => target.Gradient is not null);
}

/// <summary>A gradient that a layer writes for one of its sources.</summary>
/// <param name="Gradient">Where, or null for a source that training does not change, whose gradient nobody needs.</param>
/// <param name="Adds">Whether a later layer has left its share there already.</param>
internal readonly record struct GradientTarget(View? Gradient, bool Adds)
{
    /// <summary>The activation of the source that the layer takes back as it writes the gradient, so that it is that of the source's sums; none where the source does.</summary>
    public ActivationSpec TakenBack { get; init; }
}
