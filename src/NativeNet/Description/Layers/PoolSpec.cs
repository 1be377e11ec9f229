namespace NativeNet.Description;

/// <summary>A pooling layer: one value for each window and channel.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image: height, width, channels.</param>
/// <param name="Output">A smaller image of as many channels; for the whole image a vector of them.</param>
/// <param name="Kind">Which value.</param>
/// <param name="Window">How the window walks.</param>
public sealed record PoolSpec(int Index, Shape Input, Shape Output, PoolKind Kind, Window2D Window)
    : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => Kind switch
    {
        PoolKind.Max => "maxPool2d",
        PoolKind.Average => "averagePool2d",
        _ => "globalAveragePool",
    };
}
