using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>How far a transposed convolution enlarges a dimension, from the keys of a file and back to them.</summary>
internal static class TransposedAxis
{
    /// <summary>
    /// The walk over the output along one dimension, or null where nothing is left of it. Windows touch
    /// (input − 1) · stride + reach positions, of which padding takes away. "same" and "causal" leave input · stride, the one of the
    /// middle, the odd position taken behind, the other from the first on, so that no position depends on later windows.
    /// </summary>
    /// <param name="input">The windows: the positions of the input.</param>
    /// <param name="kernel">The taps of a window.</param>
    /// <param name="stride">Positions from window to window.</param>
    /// <param name="dilation">Positions from tap to tap.</param>
    /// <param name="kind">Who says what padding takes away.</param>
    /// <param name="before">How many positions, from the first on.</param>
    /// <param name="behind">How many, up to the last.</param>
    /// <param name="more">Positions behind, which may lie behind every window.</param>
    public static WindowAxis? Fit(int input, int kernel, int stride, int dilation, PaddingKind kind, int before, int behind, int more)
    {
        int reach = (dilation * (kernel - 1)) + 1;
        long whole = ((input - 1L) * stride) + reach, output = whole - before - behind;
        if (kind != PaddingKind.Explicit)
            (before, output) = (kind == PaddingKind.Causal ? 0 : Math.Max(0, reach - stride) / 2, (long)input * stride);
        else if (output < 1 || before >= reach || behind >= reach)
            return null;

        // What is longer than a sample may be is reported as that.
        return new WindowAxis((int)Math.Min(output + more, NetworkLimits.Activations + 1L), kernel, stride, dilation, before, input);
    }

    /// <summary>What padding takes away and what is added behind, in a word where one says it.</summary>
    /// <param name="window">The walk over the output.</param>
    /// <param name="words">The words that there are.</param>
    /// <param name="isSignal">Whether both ends have numbers of their own; else they have the same.</param>
    public static (Padding Padding, Sides More) Of(Window2D window, IEnumerable<PaddingKind> words, bool isSignal)
    {
        (WindowAxis down, WindowAxis across) = (window.Vertical, window.Horizontal);
        foreach (PaddingKind word in words.Where(static word => word != PaddingKind.Explicit))
        {
            if ((isSignal || Says(word, down)) && Says(word, across))
                return (new Padding(word), new Sides(isSignal ? 0 : Added(down), Added(across)));
        }

        var before = new Sides(down.Before, across.Before);
        if (!isSignal)
            return (new Padding(PaddingKind.Explicit, before, before), new Sides(-Rest(down) + down.Before, -Rest(across) + across.Before));

        int behind = Rest(across);
        return (new Padding(PaddingKind.Explicit, before, new Sides(0, Math.Max(0, behind))), new Sides(0, Math.Max(0, -behind)));
    }

    /// <summary>Whether a word, and a number behind it, gives a walk.</summary>
    private static bool Says(PaddingKind word, WindowAxis axis)
        => Added(axis) is >= 0 and <= NetworkLimits.Size && Fit(axis.Output, axis.Kernel, axis.Stride, axis.Dilation, word, 0, 0, Added(axis)) == axis;

    /// <summary>The positions that there are more than a word leaves.</summary>
    private static int Added(WindowAxis axis) => axis.Input - (axis.Output * axis.Stride);

    /// <summary>The positions that windows touch behind the last.</summary>
    private static int Rest(WindowAxis axis) => ((axis.Output - 1) * axis.Stride) + axis.Reach - axis.Before - axis.Input;
}
