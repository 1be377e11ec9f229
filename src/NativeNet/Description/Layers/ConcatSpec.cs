namespace NativeNet.Description;

/// <summary>Layers side by side: at every position the channels of the first source, then those of the second …</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">The shape of the first source.</param>
/// <param name="Output">The same with the channels of all sources.</param>
/// <param name="Parts">The channels of each source, in order.</param>
public sealed record ConcatSpec(int Index, Shape Input, Shape Output, EquatableArray<int> Parts) : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => "concat";

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } input && Output.WithFrames(frames) is { } output ? this with { Input = input, Output = output } : null;
}
