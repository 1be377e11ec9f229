namespace NativeNet.Tensors;

/// <summary>
/// A K × N matrix laid out in panels of columns: [panel][K][width], all panels of the full width but a last one that the
/// columns do not fill, whose width is the smallest of 4, 8, 16 and the full width that holds them.
/// </summary>
/// <remarks>
/// The forward pass streams a panel along K with vectors over its columns, and the input gradient streams it with one
/// broadcast a weight, so neither needs a transposed copy. The layout is a function of its three numbers alone: a parameter
/// buffer filled on one machine is read on any other. Only columns are padded; they hold zeros. With N as the full width
/// there is one panel without padding.
/// </remarks>
/// <param name="Rows">K, the dimension that forward sums over.</param>
/// <param name="Columns">N, the outputs.</param>
/// <param name="FullWidth">The columns of every panel but the last, of each gate: N, or a multiple of 16.</param>
/// <param name="Gates">
/// Parts of the outputs, one behind the other, that lie side by side in every panel, [panel][K][gate][width]: a vector of units
/// finds all its gates in one line of memory.
/// </param>
public readonly record struct PanelMatrix(int Rows, int Columns, int FullWidth, int Gates = 1)
{
    /// <summary>The outputs of a gate.</summary>
    public int GateColumns => Columns / Gates;

    /// <summary>How many panels there are.</summary>
    public int PanelCount => (GateColumns + FullWidth - 1) / FullWidth;

    /// <summary>The columns of a gate in the last panel, padding included: the full width, or 4, 8 or 16.</summary>
    public int LastWidth => (GateColumns - (FullWidth * (PanelCount - 1))) switch
    {
        var rest when rest == FullWidth => FullWidth,
        <= 4 => 4,
        <= 8 => 8,
        <= 16 => 16,
        _ => FullWidth,
    };

    /// <summary>N with its padding.</summary>
    public int PaddedColumns => Gates * ((FullWidth * (PanelCount - 1)) + LastWidth);

    /// <summary>The floats that the matrix takes: K times the padded N. Meaningful for sizes that passed validation.</summary>
    public int Length => Rows * PaddedColumns;

    /// <summary>The columns of a gate in panel <paramref name="panel"/>, padding included.</summary>
    /// <param name="panel">From 0 to <see cref="PanelCount"/> − 1.</param>
    public int Width(int panel) => panel == PanelCount - 1 ? LastWidth : FullWidth;

    /// <summary>The position of the first float of panel <paramref name="panel"/>.</summary>
    /// <param name="panel">From 0 to <see cref="PanelCount"/> − 1.</param>
    public int PanelOffset(int panel) => Rows * FullWidth * Gates * panel;

    /// <summary>The position of element (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <param name="row">k, from 0 to K − 1.</param>
    /// <param name="column">n, from 0 to N − 1, to the padded N − 1 where there is one gate.</param>
    public int IndexOf(int row, int column)
    {
        (int gate, int unit) = Split(column);
        int panel = unit / FullWidth, width = Width(panel);
        return PanelOffset(panel) + (((row * Gates) + gate) * width) + (unit % FullWidth);
    }

    /// <summary>Floats from one row of column <paramref name="column"/> to the next.</summary>
    /// <param name="column">n, from 0 to N − 1, to the padded N − 1 where there is one gate.</param>
    public int RowStep(int column) => Gates * Width(Split(column).Unit / FullWidth);

    private (int Gate, int Unit) Split(int column) => Gates == 1 ? (0, column) : (column / GateColumns, column % GateColumns);
}
