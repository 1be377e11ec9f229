namespace NativeNet.Description;

/// <summary>Reads a sample of any shape as one vector; moves no data.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">A vector of as many elements.</param>
public sealed record FlattenSpec(int Index, Shape Input, Shape Output) : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => "flatten";

    /// <inheritdoc/>
    public override bool IsView => true;
}
