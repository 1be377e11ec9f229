using System.ComponentModel;
using NativeNet.Description;

namespace NativeNet.Kernels;

/// <summary>The taps through which windows see one position of the image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct WindowReaders
{
    /// <summary>Finds them.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="iy">The position's row.</param>
    /// <param name="ix">The position's column.</param>
    public WindowReaders(in Window2D window, int iy, int ix)
    {
        (int top, Rows) = window.Vertical.Readers(iy);
        (int left, Columns) = window.Horizontal.Readers(ix);
        FirstTap = (top * window.Horizontal.Kernel) + left;
        if (Rows > 0 && Columns > 0)
            First = (window.Vertical.WindowOf(iy, top) * window.Horizontal.Output) + window.Horizontal.WindowOf(ix, left);
    }

    /// <summary>Rows of taps.</summary>
    public int Rows { get; }

    /// <summary>Taps a row.</summary>
    public int Columns { get; }

    /// <summary>The first tap: row · kernel width + column.</summary>
    public int FirstTap { get; }

    /// <summary>The window that sees the position through the first tap: row · windows a row + column.</summary>
    public int First { get; }
}
