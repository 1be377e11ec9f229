namespace NativeNet.Kernels;

/// <summary>Where the rows of a <see cref="SumTile{TLanes}"/> lie in memory; behind the last one the last again.</summary>
/// <remarks>A short tile computes its last row several times and stores it as often in the same place, which saves a kernel for every height.</remarks>
internal readonly struct TileRows
{
    /// <summary>The most rows.</summary>
    public const int Most = 8;

    /// <summary>Places rows.</summary>
    /// <param name="count">How many, 1 to 8.</param>
    /// <param name="stride">Floats from row to row.</param>
    public TileRows(int count, nint stride)
    {
        Count = count;
        nint last = (count - 1) * stride;
        At1 = count > 1 ? stride : last;
        At2 = count > 2 ? 2 * stride : last;
        At3 = count > 3 ? 3 * stride : last;
        At4 = count > 4 ? 4 * stride : last;
        At5 = count > 5 ? 5 * stride : last;
        At6 = count > 6 ? 6 * stride : last;
        At7 = count > 7 ? 7 * stride : last;
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>Floats from row 0 to row 1.</summary>
    public nint At1 { get; }

    /// <summary>Floats from row 0 to row 2.</summary>
    public nint At2 { get; }

    /// <summary>Floats from row 0 to row 3.</summary>
    public nint At3 { get; }

    /// <summary>Floats from row 0 to row 4.</summary>
    public nint At4 { get; }

    /// <summary>Floats from row 0 to row 5.</summary>
    public nint At5 { get; }

    /// <summary>Floats from row 0 to row 6.</summary>
    public nint At6 { get; }

    /// <summary>Floats from row 0 to row 7.</summary>
    public nint At7 { get; }
}
