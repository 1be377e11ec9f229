using System.Globalization;
using System.Text;

namespace NativeNet.Program.Plots;

/// <summary>A chart of curves as SVG: title, axes with round ticks, grid, and a legend beside the curves.</summary>
/// <remarks>A plotting library would add two megabytes to a binary of three and a half.</remarks>
/// <param name="title">The text above.</param>
/// <param name="xName">The text at the horizontal axis.</param>
/// <param name="yName">The text at the vertical axis.</param>
/// <param name="curves">The curves, at least one.</param>
internal sealed class LineChart(string title, string xName, string yName, IReadOnlyList<Curve> curves)
{
    private const int Left = 86, Top = 48, Width = 640, Height = 400, Bottom = 60;
    private const int LegendGap = 16, LegendLine = 20, SwatchWidth = 28;

    /// <summary>More than a letter of the legend's size takes on average in any common font.</summary>
    private const double LetterWidth = 7.6;

    /// <summary>Longer labels lose their end.</summary>
    private const int MostLetters = 48;

    /// <summary>Okabe and Ito's colours, which people tell apart whose eyes do not tell red from green; without yellow.</summary>
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"];

    /// <summary>Where colours repeat, the strokes differ.</summary>
    private static readonly string[] Dashes = ["", "6 3", "2 3", "9 3 2 3"];

    private readonly string[] _labels = [.. curves.Select(static curve => curve.Label).Distinct(StringComparer.Ordinal)];

    /// <summary>Draws into a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var x = new Axis(curves.SelectMany(static curve => curve.Points.Select(static point => point.X)), Left, Left + Width);
        var y = new Axis(curves.SelectMany(static curve => curve.Points.Select(static point => point.Y)), Top + Height, Top);
        int letters = _labels.Max(static label => Math.Min(label.Length, MostLetters));
        int width = Left + Width + LegendGap + SwatchWidth + 8 + (int)(letters * LetterWidth) + LegendGap;
        int height = Math.Max(Top + Height + Bottom, Top + (_labels.Length * LegendLine) + LegendGap);

        var canvas = new SvgCanvas(width, height);
        canvas.Title(Left + (Width / 2.0), title);
        DrawAxes(canvas, x, y);
        foreach (Curve curve in curves)
            DrawCurve(canvas, curve, x, y);
        DrawLegend(canvas);
        canvas.Save(path);
    }

    private void DrawAxes(SvgCanvas canvas, Axis x, Axis y)
    {
        foreach (double tick in x.Ticks)
        {
            canvas.Add($"<path d=\"M{x.Pixel(tick):F1} {Top}V{Top + Height}\" stroke=\"#dddddd\"/>");
            canvas.Text(x.Pixel(tick), Top + Height + 20, "middle", x.Label(tick));
        }

        foreach (double tick in y.Ticks)
        {
            canvas.Add($"<path d=\"M{Left} {y.Pixel(tick):F1}H{Left + Width}\" stroke=\"#dddddd\"/>");
            canvas.Text(Left - 8, y.Pixel(tick) + 4.5, "end", y.Label(tick));
        }

        canvas.Add($"<path d=\"M{Left} {Top}V{Top + Height}H{Left + Width}\" stroke=\"#333333\" fill=\"none\"/>");
        canvas.Text(Left + (Width / 2.0), Top + Height + 44, "middle", xName);
        canvas.TextUpwards(18, Top + (Height / 2.0), yName);
    }

    private void DrawCurve(SvgCanvas canvas, Curve curve, Axis x, Axis y)
    {
        var path = new StringBuilder();
        bool isDown = false;
        foreach ((double X, double Y) point in PixelColumns.Thin(curve.Points, x))
        {
            if (double.IsFinite(point.Y))
                path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{x.Pixel(point.X):F1} {y.Pixel(point.Y):F1}");
            isDown = double.IsFinite(point.Y);
        }

        canvas.Add($"<path d=\"{path}\" fill=\"none\" stroke-width=\"1.5\" stroke-linejoin=\"round\" {Stroke(curve.Label)}/>");
    }

    private void DrawLegend(SvgCanvas canvas)
    {
        int left = Left + Width + LegendGap;
        for (int i = 0; i < _labels.Length; i++)
        {
            int middle = Top + 8 + (i * LegendLine);
            string label = _labels[i].Length <= MostLetters ? _labels[i] : _labels[i][..(MostLetters - 1)] + "…";
            canvas.Add($"<path d=\"M{left} {middle}h{SwatchWidth}\" stroke-width=\"2\" {Stroke(_labels[i])}/>");
            canvas.Text(left + SwatchWidth + 8, middle + 4.5, "start", label);
        }
    }

    private string Stroke(string label)
    {
        int index = Array.IndexOf(_labels, label);
        string dash = Dashes[index / Colours.Length % Dashes.Length];
        return $"stroke=\"{Colours[index % Colours.Length]}\"{(dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"")}";
    }
}
