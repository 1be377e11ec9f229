using System.ComponentModel;
using NativeNet.Description;

namespace NativeNet.Kernels;

/// <summary>The taps of one window that lie inside the image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WindowTaps
{
    private readonly int _rowStep;
    private readonly int _columnStep;

    /// <summary>Finds them.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="oy">The window's row.</param>
    /// <param name="ox">The window's column.</param>
    public WindowTaps(in Window2D window, int oy, int ox)
    {
        (int top, int left) = (window.Vertical.FirstTap(oy), window.Horizontal.FirstTap(ox));
        Rows = window.Vertical.EndTap(oy) - top;
        Columns = window.Horizontal.EndTap(ox) - left;
        FirstTap = (top * window.Horizontal.Kernel) + left;
        First = (window.Vertical.Position(oy, top) * window.Horizontal.Input) + window.Horizontal.Position(ox, left);
        _rowStep = window.Vertical.Dilation * window.Horizontal.Input;
        _columnStep = window.Horizontal.Dilation;
    }

    /// <summary>Rows of taps.</summary>
    public int Rows { get; }

    /// <summary>Taps a row.</summary>
    public int Columns { get; }

    /// <summary>The first tap: row · kernel width + column.</summary>
    public int FirstTap { get; }

    /// <summary>The image position of the first tap.</summary>
    public int First { get; }

    /// <summary>The image position of a tap: row · width + column.</summary>
    public int At(int row, int column) => First + (row * _rowStep) + (column * _columnStep);
}
