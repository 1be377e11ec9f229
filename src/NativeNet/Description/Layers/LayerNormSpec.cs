namespace NativeNet.Description;

/// <summary>Layer normalization: every position of a sample gets mean 0 and variance 1 over its channels, then weight and bias.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; the last dimension is the channels, a vector is one position.</param>
/// <param name="Epsilon">What is added to every variance.</param>
public sealed record LayerNormSpec(int Index, Shape Input, float Epsilon) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "layerNorm";

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
        => new([ParameterSpec.OfVector("weight", Input.Channels, start: 1), ParameterSpec.OfVector("bias", Input.Channels)]);

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
