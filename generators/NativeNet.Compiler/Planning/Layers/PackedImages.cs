using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>
/// What a weight gradient packs of a few samples: a strip of the image and of the gradients, each channel's positions in one
/// piece. In their own places, 16 samples of one channel are 4 KB apart where there are 64 channels, and a first-level cache
/// holds eight of them at most.
/// </summary>
/// <param name="Window">How windows walk.</param>
/// <param name="Channels">The most channels of the image that are packed at once.</param>
/// <param name="Filters">The most filters whose gradients are packed at once.</param>
/// <param name="Rows">The rows of windows of a strip.</param>
internal sealed record PackedImages(Window2D Window, int Channels, int Filters, int Rows)
{
    /// <summary>Lines of 16 floats: 256 KB, for a second-level cache.</summary>
    private const int CacheLines = 4096;

    /// <summary>Lines of 16 floats: 24 KB that one tap of a tile sees of the image, which a first-level cache keeps while filters walk over it.</summary>
    private const int NearLines = 384;

    /// <summary>The most filters that a tile of a depthwise layer takes, and what they are cut at.</summary>
    private const int MostTogether = 4;

    /// <summary>Rows of windows that make up for the rows of the image that two strips share.</summary>
    private const int EnoughRows = 8;

    /// <summary>The rows of the image of a strip.</summary>
    public int InputRows => RowsOf(Window.Vertical, Rows);

    /// <summary>The positions of the image of a strip.</summary>
    public int InputPositions => InputRows * Window.Horizontal.Input;

    /// <summary>The windows of a strip.</summary>
    public int OutputPositions => Rows * Window.Horizontal.Output;

    /// <summary>Floats of both.</summary>
    public int Length => 16 * ((Channels * InputPositions) + (Filters * OutputPositions));

    /// <summary>For a depthwise layer: as many filters as leave room for enough rows, and their channels.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="filters">The filters that may be packed at once.</param>
    public static PackedImages OfFilters(Window2D window, int filters)
    {
        int lines = (window.Vertical.Stride * window.Horizontal.Input) + window.Horizontal.Output, rows = window.Vertical.Output;
        while (filters > MostTogether && filters * lines * Math.Min(rows, EnoughRows) > CacheLines)
            filters = ((filters / 2) + MostTogether - 1) / MostTogether * MostTogether;
        return new PackedImages(window, filters, filters, Math.Min(rows, Math.Max(1, CacheLines / (filters * lines))));
    }

    /// <summary>For a layer whose filters all see the same channels: as many rows as caches hold.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="channels">The channels that are packed at once.</param>
    /// <param name="together">The channels of a tile.</param>
    /// <param name="filters">The filters that are packed at once.</param>
    public static PackedImages OfChannels(Window2D window, int channels, int together, int filters)
    {
        int rows = window.Vertical.Output;
        while (rows > 1 && (new PackedImages(window, channels, filters, rows).Length > 16 * CacheLines || together * rows * window.Horizontal.Output > NearLines))
            rows--;
        return new PackedImages(window, channels, filters, rows);
    }

    private static int RowsOf(WindowAxis axis, int windows) => Math.Min(axis.Input, ((windows - 1) * axis.Stride) + axis.Reach);
}
