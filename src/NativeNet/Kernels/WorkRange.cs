using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>A share of a row of outputs, cut at whole tiles.</summary>
/// <param name="Start">The first element.</param>
/// <param name="End">Behind the last element; an empty share starts here too.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WorkRange(nuint Start, nuint End)
{
    /// <summary>
    /// Whether the share has the element before <paramref name="length"/>, and with it the last, shorter tile and what belongs
    /// to no element: exactly one share does.
    /// </summary>
    /// <param name="length">The elements of all shares.</param>
    public bool HasLast(nuint length) => Start < End && End == length;

    /// <summary>Share <paramref name="part"/> of <paramref name="parts"/>.</summary>
    /// <param name="length">The elements to share.</param>
    /// <param name="tile">Elements that stay together; the last tile may be shorter.</param>
    /// <param name="part">From 0 to parts − 1.</param>
    /// <param name="parts">How many shares; some are empty where there are fewer tiles.</param>
    public static WorkRange Of(int length, int tile, int part, int parts)
    {
        long tiles = (length + tile - 1) / tile;
        long start = tiles * part / parts * tile, end = tiles * (part + 1) / parts * tile;
        return new WorkRange((nuint)Math.Min(start, length), (nuint)Math.Min(end, length));
    }
}
