namespace NativeNet.Description;

/// <summary>A sum of layers, such as a residual connection: (x₀ + x₁) + x₂ …, element by element, from left to right.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape, that of every source.</param>
public sealed record AddSpec(int Index, Shape Input) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "add";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } signal ? this with { Input = signal, Output = signal } : null;
}
