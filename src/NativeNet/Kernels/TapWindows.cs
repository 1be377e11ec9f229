using System.ComponentModel;
using NativeNet.Description;

namespace NativeNet.Kernels;

/// <summary>Those windows of a few rows that have one tap inside the image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TapWindows
{
    /// <summary>Finds them.</summary>
    /// <param name="window">How the window walks.</param>
    /// <param name="tap">Row · kernel width + column.</param>
    /// <param name="row">The first row of windows.</param>
    /// <param name="rows">The rows of windows.</param>
    public TapWindows(in Window2D window, int tap, int row, int rows)
    {
        (int ky, int kx) = (tap / window.Horizontal.Kernel, tap % window.Horizontal.Kernel);
        (int top, int bottom) = window.Vertical.WindowsOf(ky);
        (int left, int right) = window.Horizontal.WindowsOf(kx);
        top = Math.Max(top, row);
        (Rows, Columns) = (Math.Max(0, Math.Min(bottom, row + rows) - top), right - left);
        First = (top * window.Horizontal.Output) + left;
        FirstInput = (window.Vertical.Position(top, ky) * window.Horizontal.Input) + window.Horizontal.Position(left, kx);
    }

    /// <summary>Rows of windows.</summary>
    public int Rows { get; }

    /// <summary>Windows a row.</summary>
    public int Columns { get; }

    /// <summary>The first window: row · windows a row + column.</summary>
    public int First { get; }

    /// <summary>The image position that its tap sees.</summary>
    public int FirstInput { get; }
}
