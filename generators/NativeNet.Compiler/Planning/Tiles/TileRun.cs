using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Tiles of equal height, one behind the other.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row behind the last.</param>
/// <param name="Rows">The rows of a tile.</param>
internal readonly record struct TileRun(int First, int End, int Rows)
{
    /// <summary>
    /// Cuts rows into as few tiles as there must be, of as equal heights as there can be: a tile of one or two rows waits for its
    /// own sums and takes as long as one of four.
    /// </summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="most">The most rows of a tile.</param>
    public static EquatableArray<TileRun> Of(int first, int count, int most)
    {
        if (count == 0)
            return default;

        int tiles = (count + most - 1) / most, rows = count / tiles, tall = count % tiles, middle = first + (tall * (rows + 1));
        return new([.. new[] { new TileRun(first, middle, rows + 1), new TileRun(middle, first + count, rows) }.Where(static run => run.First < run.End)]);
    }
}
