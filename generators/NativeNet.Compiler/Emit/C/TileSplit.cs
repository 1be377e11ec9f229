namespace NativeNet.Compiler.Emit.C;

/// <summary>A stretch of one dimension that tiles of one width cover.</summary>
/// <param name="Start">Its first element.</param>
/// <param name="End">The element behind its last.</param>
/// <param name="Width">The elements of a tile, which divide the stretch.</param>
internal readonly record struct TileStretch(int Start, int End, int Width)
{
    /// <summary>Whether one tile is all of it, so that no loop is written.</summary>
    public bool IsOne => End - Start == Width;
}

/// <summary>Cuts dimensions into tiles. Tiles change speed and size, never bits.</summary>
internal static class TileSplit
{
    /// <summary>Tiles of the best width, and one narrower tile for what remains.</summary>
    /// <param name="length">The dimension.</param>
    /// <param name="most">The most elements that registers hold.</param>
    public static IEnumerable<TileStretch> Of(int length, int most)
    {
        int width = Width(length, most), whole = length / width * width;
        yield return new TileStretch(0, whole, width);
        if (whole < length)
            yield return new TileStretch(whole, length, length - whole);
    }

    /// <summary>The widest tile that divides the dimension; where none of at least half the most does, the most.</summary>
    public static int Width(int length, int most)
    {
        for (int width = Math.Min(length, most); 2 * width >= Math.Min(length, most); width--)
        {
            if (length % width == 0)
                return width;
        }

        return Math.Min(length, most);
    }
}
