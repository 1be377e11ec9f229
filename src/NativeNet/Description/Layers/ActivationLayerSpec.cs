namespace NativeNet.Description;

/// <summary>Applies a function to every element.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Activation">The function.</param>
public sealed record ActivationLayerSpec(int Index, Shape Input, ActivationSpec Activation)
    : LayerSpec(Index, Input, Input), IActivatedLayer
{
    /// <inheritdoc/>
    public override string Type => "activation";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
