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

    /// <summary>Copies the stretches of one buffer to the same places of another.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other, as long.</param>
    public void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        for (int run = 0; run < Count; run++)
            from.Slice(Start(run), Length(run)).CopyTo(to[Start(run)..]);
    }

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
}
