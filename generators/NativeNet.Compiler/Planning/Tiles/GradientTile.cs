namespace NativeNet.Compiler.Planning;

/// <summary>How the weight gradient of a region is summed: a tile walks the inputs, the last one sums the biases as well.</summary>
/// <remarks>
/// Over units, rows are inputs and a finished tile lies as the panels do. Over inputs, rows are units: no lane is lost to
/// the padding of a narrow panel, but the finished tile has to be turned.
/// </remarks>
/// <param name="Region">The panels; over inputs, a single one.</param>
/// <param name="Tile">The sums in registers.</param>
/// <param name="IsOverInputs">Whether vectors lie over inputs.</param>
/// <param name="LastInputs">The inputs of the last tile; 0 where only the biases have room in it.</param>
internal readonly record struct GradientTile(ColumnRegion Region, Tile Tile, bool IsOverInputs, int LastInputs)
{
    /// <summary>The inputs of a tile.</summary>
    public int Inputs => IsOverInputs ? Tile.Width : Tile.Rows;

    /// <summary>The columns that a walk along the inputs finishes.</summary>
    public int Columns => IsOverInputs ? Region.PanelWidth : Tile.Width;

    /// <summary>Where the biases' gradient lies in the scratch, behind a tile over inputs.</summary>
    public int BiasOffset => Region.PanelWidth * Tile.Width;

    /// <summary>Where such a tile lies after it has been turned.</summary>
    public int TurnOffset => BiasOffset + Region.PanelWidth;

    /// <summary>Floats of scratch: the tile and the biases, over inputs the turned tile too.</summary>
    public int ScratchLength => IsOverInputs ? TurnOffset + BiasOffset : (Math.Max(Tile.Rows, LastInputs) + 1) * Tile.Width;

    public override string ToString() => Tile + (IsOverInputs ? " over inputs" : "");
}
