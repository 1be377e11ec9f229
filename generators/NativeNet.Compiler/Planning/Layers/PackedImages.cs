using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>
/// What the weight gradient of a depthwise layer packs of a few samples: a strip of the image and of the gradients, each channel's
/// positions in one piece. In their own places, 16 samples of one channel are 4 KB apart where there are 64 channels, and a
/// first-level cache holds eight of them at most.
/// </summary>
/// <param name="Window">How windows walk.</param>
/// <param name="Filters">The filters that are packed at once.</param>
/// <param name="Rows">The rows of windows of a strip.</param>
internal sealed record PackedImages(Window2D Window, int Filters, int Rows)
{
    /// <summary>Lines of 16 floats: 256 KB, for a second-level cache.</summary>
    private const int CacheLines = 4096;

    /// <summary>The most filters that a tile takes, and what they are cut at.</summary>
    private const int MostTogether = 4;

    /// <summary>Rows of windows that make up for the rows of the image that two strips share.</summary>
    private const int EnoughRows = 8;

    /// <summary>The rows of the image of a strip.</summary>
    public int InputRows => Math.Min(Window.Vertical.Input, ((Rows - 1) * Window.Vertical.Stride) + Window.Vertical.Reach);

    /// <summary>The positions of the image of a strip.</summary>
    public int InputPositions => InputRows * Window.Horizontal.Input;

    /// <summary>The windows of a strip.</summary>
    public int OutputPositions => Rows * Window.Horizontal.Output;

    /// <summary>Rows of windows as they are: as many filters as leave room for enough of them.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="filters">The filters that may be packed at once.</param>
    public static PackedImages OfRows(Window2D window, int filters)
    {
        int lines = (window.Vertical.Stride * window.Horizontal.Input) + window.Horizontal.Output, rows = window.Vertical.Output;
        while (filters > MostTogether && filters * lines * Math.Min(rows, EnoughRows) > CacheLines)
            filters = ((filters / 2) + MostTogether - 1) / MostTogether * MostTogether;
        return new PackedImages(window, filters, Math.Min(rows, Math.Max(1, CacheLines / (filters * lines))));
    }
}
