namespace NativeNet.Description;

/// <summary>Reads a sample under another shape; moves no data.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">Another shape of as many elements.</param>
public sealed record ReshapeSpec(int Index, Shape Input, Shape Output) : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => "reshape";

    /// <inheritdoc/>
    public override bool IsView => true;
}
