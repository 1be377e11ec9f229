namespace NativeNet.Description;

/// <summary>Puts out positions of its input: each of them several times, side by side, or those inside a frame alone.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image of height, width, channels, or a signal of length, channels, which counts as an image of one row.</param>
/// <param name="Output">A larger or smaller one of as many channels.</param>
/// <param name="Vertical">Which rows.</param>
/// <param name="Horizontal">Which columns.</param>
/// <param name="IsCropping">Whether it leaves positions out; else it repeats them.</param>
public sealed record ResampleSpec(int Index, Shape Input, Shape Output, ResampleAxis Vertical, ResampleAxis Horizontal, bool IsCropping)
    : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => (IsCropping ? "cropping" : "upsample") + (Input.Rank == 2 ? "1d" : "2d");
}
