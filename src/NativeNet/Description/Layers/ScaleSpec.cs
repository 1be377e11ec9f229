namespace NativeNet.Description;

/// <summary>x · factor, with one factor for all elements or one for each feature; it learns nothing.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; the last dimension is the features.</param>
/// <param name="Factors">One factor, or one a feature.</param>
public sealed record ScaleSpec(int Index, Shape Input, EquatableArray<float> Factors) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "scale";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
