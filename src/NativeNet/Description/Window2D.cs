namespace NativeNet.Description;

/// <summary>How a window walks over an image: one <see cref="WindowAxis"/> down, one across, all channels at once.</summary>
/// <param name="Vertical">Down the rows.</param>
/// <param name="Horizontal">Across the columns.</param>
/// <param name="Channels">The channels of the image.</param>
public readonly record struct Window2D(WindowAxis Vertical, WindowAxis Horizontal, int Channels)
{
    /// <summary>The taps of a window, channels aside.</summary>
    public int Taps => checked(Vertical.Kernel * Horizontal.Kernel);

    /// <summary>The taps of all windows that lie inside the image, channels aside.</summary>
    public long InsideTaps => Vertical.InsideTaps * Horizontal.InsideTaps;

    /// <summary>The elements of the image.</summary>
    public int InputLength => checked(Vertical.Input * Horizontal.Input * Channels);

    /// <summary>The windows.</summary>
    public int OutputPositions => checked(Vertical.Output * Horizontal.Output);

    /// <summary>
    /// The same walk, in the same order, along as long a row as there is: of one tap that sees every position, and over an image of
    /// one column.
    /// </summary>
    public Window2D Flattened()
    {
        if (Horizontal is { Input: 1, Kernel: 1, Output: 1 })
            return this with { Vertical = Horizontal, Horizontal = Vertical };
        if (!IsPointwise(Vertical) || !IsPointwise(Horizontal))
            return this;

        int positions = InputLength / Channels;
        return this with { Vertical = Vertical with { Input = 1, Output = 1 }, Horizontal = Horizontal with { Input = positions, Output = positions } };
    }

    private static bool IsPointwise(WindowAxis axis) => axis is { Kernel: 1, Stride: 1, Before: 0 } && axis.Output == axis.Input;
}

/// <summary>How a window walks along one dimension. Taps that fall outside are left out, never read as zeros.</summary>
/// <param name="Input">The positions of the input.</param>
/// <param name="Kernel">The taps of the window.</param>
/// <param name="Stride">Input positions from one window to the next.</param>
/// <param name="Dilation">Input positions from one tap to the next.</param>
/// <param name="Before">How far the first window begins before the input.</param>
/// <param name="Output">The windows.</param>
public readonly record struct WindowAxis(int Input, int Kernel, int Stride, int Dilation, int Before, int Output)
{
    /// <summary>The positions from the first tap of a window to its last.</summary>
    public int Reach => (Dilation * (Kernel - 1)) + 1;

    /// <summary>Whether every tap of every window lies inside the input.</summary>
    public bool IsInside => Before == 0 && Position(Output - 1, Kernel - 1) < Input;

    /// <summary>The taps of all windows that lie inside the input.</summary>
    public long InsideTaps
    {
        get
        {
            long taps = 0;
            for (int window = 0; window < Output; window++)
                taps += EndTap(window) - FirstTap(window);
            return taps;
        }
    }

    /// <summary>The input position of a tap; outside the input where the tap is to be left out.</summary>
    /// <param name="window">From 0 to Output − 1.</param>
    /// <param name="tap">From 0 to Kernel − 1.</param>
    public int Position(int window, int tap) => (window * Stride) - Before + (tap * Dilation);

    /// <summary>The first tap inside the input.</summary>
    /// <param name="window">From 0 to Output − 1.</param>
    public int FirstTap(int window)
    {
        int start = Position(window, 0);
        return start >= 0 ? 0 : Math.Min(Kernel, TapsWithin(-start));
    }

    /// <summary>Behind the last tap inside the input.</summary>
    /// <param name="window">From 0 to Output − 1.</param>
    public int EndTap(int window)
        => Math.Min(Kernel, Math.Max(FirstTap(window), TapsWithin(Input - Position(window, 0))));

    /// <summary>The window whose given tap is an input position, or −1 where there is none.</summary>
    /// <param name="position">From 0 to Input − 1.</param>
    /// <param name="tap">From 0 to Kernel − 1.</param>
    public int WindowOf(int position, int tap)
    {
        int start = position + Before - (tap * Dilation), window = start / Stride;
        return start >= 0 && window < Output && window * Stride == start ? window : -1;
    }

    /// <summary>The taps through which windows see an input position: the first, and how many there are.</summary>
    /// <remarks>From one to the next are <see cref="ReaderStep"/> taps.</remarks>
    /// <param name="position">From 0 to Input − 1.</param>
    public (int First, int Count) Readers(int position)
    {
        if (Stride == 1 && Dilation == 1)
        {
            int first = Math.Max(0, position + Before - Output + 1);
            return (first, Math.Max(0, Math.Min(Kernel, position + Before + 1) - first));
        }

        int start = 0, count = 0;
        for (int tap = Kernel - 1; tap >= 0; tap--)
        {
            if (WindowOf(position, tap) >= 0)
                (start, count) = (tap, count + 1);
        }

        return (start, count);
    }

    /// <summary>Taps from one reader of a position to the next.</summary>
    public int ReaderStep => Stride / GreatestCommonDivisor(Stride, Dilation);

    /// <summary>Windows from one reader of a position back to the next.</summary>
    public int ReaderWindows => Dilation / GreatestCommonDivisor(Stride, Dilation);

    /// <summary>The windows that have a tap inside the input: the first, and the one behind the last.</summary>
    /// <param name="tap">From 0 to Kernel − 1.</param>
    public (int First, int End) WindowsOf(int tap)
    {
        int start = Position(0, tap), first = start >= 0 ? 0 : Math.Min(Output, (Stride - 1 - start) / Stride);
        int end = start >= Input ? 0 : Math.Min(Output, ((Input - 1 - start) / Stride) + 1);
        return (first, Math.Max(first, end));
    }

    /// <summary>The windows that lie wholly inside the input: the first, and the one behind the last.</summary>
    public (int First, int End) Interior()
    {
        (int first, _) = WindowsOf(0);
        (_, int end) = WindowsOf(Kernel - 1);
        return (first, Math.Max(first, end));
    }

    /// <summary>The taps that begin within so many positions. Most windows have no gaps, and kernels ask for every window: a division would show.</summary>
    private int TapsWithin(int positions) => Dilation == 1 ? positions : (positions + Dilation - 1) / Dilation;

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
