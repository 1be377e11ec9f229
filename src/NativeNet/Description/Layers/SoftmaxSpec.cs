namespace NativeNet.Description;

/// <summary>Softmax over the channels of every position: eˣ divided by the sum of all, numbers from 0 to 1 that add up to 1.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; the last dimension is the channels.</param>
public sealed record SoftmaxSpec(int Index, Shape Input) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "softmax";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
