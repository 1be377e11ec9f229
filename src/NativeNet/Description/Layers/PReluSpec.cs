namespace NativeNet.Description;

/// <summary>z · slope where z ≤ 0, else z, with one learned slope for each channel.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; its last dimension are the channels.</param>
public sealed record PReluSpec(int Index, Shape Input) : LayerSpec(Index, Input, Input)
{
    /// <summary>The slopes before training: He et al., "Delving Deep into Rectifiers", 2015.</summary>
    private const float Start = 0.25f;

    /// <inheritdoc/>
    public override string Type => "prelu";

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters => new([ParameterSpec.OfVector("slope", Input.Channels, Start)]);

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
