using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>What the kernels of a convolution know of it.</summary>
/// <remarks>A depthwise layer's groups are walked like filters, several at a time.</remarks>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ConvShape(ConvPlan plan, int block)
{
    /// <summary>How the window walks.</summary>
    public Window2D Window { get; } = plan.Conv.Window;

    /// <summary>The samples of a block.</summary>
    public int Block { get; } = block;

    /// <summary>Whether each channel has one filter of its own.</summary>
    public bool IsDepthwise { get; } = plan.IsDepthwise;

    /// <summary>The groups.</summary>
    public int Groups { get; } = plan.Groups;

    /// <summary>The filters of a group.</summary>
    public int GroupFilters { get; } = plan.Filters;

    /// <summary>The channels of a group.</summary>
    public int GroupChannels { get; } = plan.Channels;

    /// <summary>The filters of the layer.</summary>
    public int Filters { get; } = plan.Conv.Filters;

    /// <summary>The products of one tap.</summary>
    public int TapProducts { get; } = plan.TapProducts;

    /// <summary>The products of one sum.</summary>
    public int Products { get; } = plan.Conv.Products;

    /// <summary>Whether all taps of a row of the kernel lie side by side in the image, channels included.</summary>
    public bool HasWholeRows { get; } = plan.HasWholeRows;

    /// <summary>The offset of the weights among the parameters.</summary>
    public int Weights { get; } = plan.Weights.Offset;

    /// <summary>Floats from one product's weights to the next's.</summary>
    public int WeightStride { get; } = plan.Weights.Matrix.PaddedColumns;

    /// <summary>The offset of the biases, or −1 where there are none.</summary>
    public int Biases { get; } = plan.Bias?.Offset ?? -1;

    /// <summary>The filters, padding included, of one call of the update rule.</summary>
    public int UpdateColumns { get; } = plan.UpdateColumns;

    /// <summary>Floats of scratch in front of the chains.</summary>
    public int TileLength { get; } = plan.TileLength;

    /// <summary>Rows of windows that a weight gradient takes at once.</summary>
    public int Strip { get; } = plan.Strip;

    /// <summary>Sums over samples that the scratch has room for, twice.</summary>
    public int SumsAtOnce { get; } = plan.MostSums;

    /// <summary>The group of a filter.</summary>
    /// <param name="filter">From 0.</param>
    public int GroupOf(int filter) => filter / GroupFilters;

    /// <summary>The filters from one on that fill a tile and belong to one group.</summary>
    /// <param name="filter">The first.</param>
    /// <param name="end">Behind the last that is asked for.</param>
    public int TileFilters(int filter, int end)
        => Math.Min(TileRows.Most, Math.Min(end, (GroupOf(filter) + 1) * GroupFilters) - filter);

    /// <summary>The first channel that a filter sees.</summary>
    /// <param name="filter">From 0.</param>
    public int ChannelOf(int filter) => IsDepthwise ? filter : GroupOf(filter) * GroupChannels;
}
