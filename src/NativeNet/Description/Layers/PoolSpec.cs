namespace NativeNet.Description;

/// <summary>A pooling layer: one value for each window and channel.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image of height, width, channels, or a signal of length, channels, which counts as an image of one row.</param>
/// <param name="Output">A smaller one of as many channels; for the whole of it as the only window a vector of them.</param>
/// <param name="Kind">Which value.</param>
/// <param name="Window">How the window walks.</param>
public sealed record PoolSpec(int Index, Shape Input, Shape Output, PoolKind Kind, Window2D Window)
    : LayerSpec(Index, Input, Output)
{
    /// <summary>Whether a mean divides by all taps of the window, those outside the image too; else by those inside.</summary>
    public bool CountsPadding { get; init; }

    /// <summary>Whether the whole image is the only window.</summary>
    public bool IsGlobal => Output.Rank == 1;

    /// <inheritdoc/>
    public override string Type
    {
        get
        {
            string kind = Kind == PoolKind.Max ? "maxPool" : "averagePool";
            return !IsGlobal ? kind + (Input.Rank == 2 ? "1d" : "2d") : Kind == PoolKind.Max ? "globalMaxPool" : "globalAveragePool";
        }
    }
}
