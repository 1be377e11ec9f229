namespace NativeNet.Compiler.Planning;

/// <summary>How one sample passes through a region of a layer whose code is a straight line.</summary>
/// <remarks>
/// A panel narrower than a vector leaves most lanes empty. Where a sum has several chains, rows that belong to different
/// ones fill a vector together: 16 inputs of 1 unit are 4 multiply-adds instead of 16.
/// </remarks>
/// <param name="Region">The panels.</param>
/// <param name="Tile">The vectors of a multiply-add and its accumulators; a chain is as many rows' as a vector holds.</param>
/// <param name="RowsAVector">Rows of a panel that one vector holds.</param>
internal readonly record struct StraightTile(ColumnRegion Region, Tile Tile, int RowsAVector)
{
    /// <summary>The lanes of the sums, after the rows of a vector have been added.</summary>
    public Tile Outputs => Tile with { Lanes = Tile.Lanes / RowsAVector };

    /// <summary>Vector multiply-adds.</summary>
    /// <param name="inputs">The layer's inputs.</param>
    public long Operations(int inputs) => (long)inputs * Region.PanelCount * Region.PanelWidth / Tile.Lanes;

    public override string ToString() => RowsAVector == 1
        ? Tile.ToString()
        : FormattableString.Invariant($"{Tile} of {RowsAVector} rows");
}
