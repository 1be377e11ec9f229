using System.Globalization;
using NativeNet.Program.Reports;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Plots;

/// <summary>A confusion matrix as a picture: a row for each class, a column for each prediction.</summary>
/// <param name="report">The report that it is of.</param>
internal sealed class ConfusionFigure(ClassifierReport report)
{
    private const int Top = 76, Cell = 44, Bottom = 64, Margin = 64, LetterWidth = 8;

    /// <summary>What the title and the line below it take.</summary>
    private const int LeastWidth = 560;

    private readonly ConfusionMatrix _confusion = report.Confusion;
    private readonly int _rows = report.Confusion.ClassCount;
    private readonly int _columns = report.Confusion.ClassCount + (report.HasUndecided ? 1 : 0);

    private int LongestName => Enumerable.Range(0, _columns).Max(index => NameOf(index).Length);

    private int CellWidth => Math.Max(Cell, (LongestName * LetterWidth) + 8);

    private int Left => Math.Max(Margin + (LongestName * LetterWidth), (LeastWidth - (_columns * CellWidth)) / 2);

    /// <summary>Draws into a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        int width = Left + (_columns * CellWidth) + Left, height = Top + (_rows * Cell) + Bottom;
        var canvas = new SvgCanvas(width, height);
        canvas.Title(width / 2.0, string.Create(CultureInfo.InvariantCulture,
            $"{report.Network}: {_confusion.Count} test {report.Counted}, accuracy {report.Evaluation.Accuracy:F4}"));
        canvas.Text(width / 2.0, 52, "middle", "blue: share predicted right; orange: square root of the share mistaken");

        for (int row = 0; row < _rows; row++)
        {
            canvas.Text(Left - 10, MiddleOf(row), "end", NameOf(row));
            for (int column = 0; column < _columns; column++)
                DrawCell(canvas, row, column);
        }

        for (int column = 0; column < _columns; column++)
            canvas.Text(Left + (column * CellWidth) + (CellWidth / 2.0), Top + (_rows * Cell) + 20, "middle", NameOf(column));

        canvas.Text(Left + (_columns * CellWidth / 2.0), Top + (_rows * Cell) + 46, "middle", "predicted class");
        canvas.TextUpwards(Left - 36 - (LongestName * LetterWidth), Top + (_rows * Cell / 2.0), "class");
        canvas.Save(path);
    }

    private static double MiddleOf(int row) => Top + (row * Cell) + (Cell / 2.0) + 4.5;

    /// <summary>A colour between white and blue, or white and vermilion: Okabe and Ito's.</summary>
    private static string Colour(bool isRight, double strength)
    {
        (int red, int green, int blue) = isRight ? (0x00, 0x72, 0xb2) : (0xd5, 0x5e, 0x00);
        return $"#{Mix(red):x2}{Mix(green):x2}{Mix(blue):x2}";

        int Mix(int full) => (int)Math.Round(255 + ((full - 255) * strength));
    }

    private string NameOf(int index) => index < _rows ? report.NameOf(index) : "none";

    private void DrawCell(SvgCanvas canvas, int row, int column)
    {
        long count = column < _rows ? _confusion[row, column] : _confusion.Undecided(row);
        double share = (double)count / Math.Max(1, report.SamplesOf(row));
        double strength = row == column ? share : Math.Sqrt(share);

        (int x, int y) = (Left + (column * CellWidth), Top + (row * Cell));
        canvas.Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{CellWidth}\" height=\"{Cell}\" fill=\"{Colour(row == column, strength)}\" stroke=\"#dddddd\"/>");
        if (count > 0)
        {
            string ink = strength > 0.55 ? " fill=\"#ffffff\"" : "";
            canvas.Text(x + (CellWidth / 2.0), MiddleOf(row), "middle", count.ToString(CultureInfo.InvariantCulture), ink);
        }
    }
}
