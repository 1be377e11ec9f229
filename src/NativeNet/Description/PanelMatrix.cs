namespace NativeNet.Description;

/// <summary>
/// A K × N matrix laid out in panels of columns: [panel][K][width], all panels of the full width but the last, which is
/// the smallest of 4, 8, 16 and the full width that holds the remaining columns.
/// </summary>
/// <remarks>
/// The forward pass streams a panel along K with vectors over its columns, and the input gradient streams it with one
/// broadcast a weight, so neither needs a transposed copy. The layout is a function of K and N alone: a parameter
/// buffer filled on one machine is read on any other. Only columns are padded; they hold zeros.
/// </remarks>
/// <param name="Rows">K, the dimension that forward sums over.</param>
/// <param name="Columns">N, the outputs.</param>
/// <param name="FullWidth">The columns of every panel but the last, a multiple of 16.</param>
public readonly record struct PanelMatrix(int Rows, int Columns, int FullWidth = PanelMatrix.DenseWidth)
{
    /// <summary>The full width of a dense layer's panels.</summary>
    public const int DenseWidth = 32;

    /// <summary>A matrix in one panel, so that every row of it lies in one piece.</summary>
    /// <param name="rows">K.</param>
    /// <param name="columns">N.</param>
    public static PanelMatrix OnePanel(int rows, int columns)
        => new(rows, columns, Math.Max(DenseWidth, (columns + 15) / 16 * 16));

    /// <summary>How many panels there are.</summary>
    public int PanelCount => (Columns + FullWidth - 1) / FullWidth;

    /// <summary>The columns of the last panel, padding included: 4, 8, 16 or 32.</summary>
    public int LastWidth => (Columns - (FullWidth * (PanelCount - 1))) switch
    {
        <= 4 => 4,
        <= 8 => 8,
        <= 16 => 16,
        _ => FullWidth,
    };

    /// <summary>N with its padding.</summary>
    public int PaddedColumns => (FullWidth * (PanelCount - 1)) + LastWidth;

    /// <summary>The floats that the matrix takes: K times the padded N. Meaningful for sizes that passed validation.</summary>
    public int Length => Rows * PaddedColumns;

    /// <summary>The columns of panel <paramref name="panel"/>, padding included.</summary>
    /// <param name="panel">From 0 to <see cref="PanelCount"/> − 1.</param>
    public int Width(int panel) => panel == PanelCount - 1 ? LastWidth : FullWidth;

    /// <summary>The position of the first float of panel <paramref name="panel"/>.</summary>
    /// <param name="panel">From 0 to <see cref="PanelCount"/> − 1.</param>
    public int PanelOffset(int panel) => Rows * FullWidth * panel;

    /// <summary>The position of element (<paramref name="row"/>, <paramref name="column"/>).</summary>
    /// <param name="row">k, from 0 to K − 1.</param>
    /// <param name="column">n, from 0 to the padded N − 1.</param>
    public int IndexOf(int row, int column)
    {
        int panel = column / FullWidth;
        return PanelOffset(panel) + (row * Width(panel)) + (column % FullWidth);
    }

    /// <summary>Floats from one row of column <paramref name="column"/> to the next.</summary>
    /// <param name="column">n, from 0 to the padded N − 1.</param>
    public int RowStep(int column) => Width(column / FullWidth);
}
