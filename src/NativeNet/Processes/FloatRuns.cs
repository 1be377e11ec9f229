namespace NativeNet.Processes;

/// <summary>Stretches of a buffer of floats that belong to one process.</summary>
/// <param name="Bounds">Start and length of each stretch, ascending.</param>
internal sealed record FloatRuns(int[] Bounds)
{
    /// <summary>The stretches.</summary>
    public int Count => Bounds.Length / 2;

    /// <summary>The floats of all of them.</summary>
    public int Total { get; } = Enumerable.Range(0, Bounds.Length / 2).Sum(run => Bounds[(2 * run) + 1]);

    /// <summary>The first float of a stretch.</summary>
    /// <param name="run">From 0 to Count − 1.</param>
    public int Start(int run) => Bounds[2 * run];

    /// <summary>The floats of a stretch.</summary>
    /// <param name="run">From 0 to Count − 1.</param>
    public int Length(int run) => Bounds[(2 * run) + 1];

    /// <summary>The stretches of a buffer that do not hold a mark any more.</summary>
    /// <param name="values">The buffer, which was full of marks.</param>
    /// <param name="mark">The bits of a mark.</param>
    public static FloatRuns Written(ReadOnlySpan<float> values, uint mark)
    {
        var bounds = new List<int>();
        int start = -1;
        for (int i = 0; i <= values.Length; i++)
        {
            bool isWritten = i < values.Length && BitConverter.SingleToUInt32Bits(values[i]) != mark;
            if (isWritten && start < 0)
                start = i;
            if (isWritten || start < 0)
                continue;

            bounds.AddRange([start, i - start]);
            start = -1;
        }

        return new FloatRuns([.. bounds]);
    }

    /// <summary>One stretch of each of several rows of channels.</summary>
    /// <param name="first">The first float of the first row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="start">The first of a row.</param>
    /// <param name="end">Behind the last of a row.</param>
    public static FloatRuns Of(int first, int rows, int stride, int start, int end)
        => new(end <= start ? [] : [.. Enumerable.Range(0, rows).SelectMany(row => (int[])[first + (row * stride) + start, end - start])]);
}
