namespace NativeNet.Description;

/// <summary>Dropout: in training each value is 0 with the probability of the rate, else divided by 1 − rate; in prediction it stays.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Rate">The share of values that are dropped, between 0 and 1.</param>
public sealed record DropoutSpec(int Index, Shape Input, float Rate) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "dropout";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
