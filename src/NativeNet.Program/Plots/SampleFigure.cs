using System.Globalization;
using System.Text;
using NativeNet.Program.Reports;
using NativeNet.Data;
using NativeNet.Description;

namespace NativeNet.Program.Plots;

/// <summary>The samples of the highest loss as images, each with its class, its prediction and that one's probability.</summary>
/// <param name="report">The report that has them.</param>
/// <param name="data">The data that they are of.</param>
/// <param name="input">The shape of a sample: an image of 1 channel, drawn in grey, or of 3, red, green and blue.</param>
internal sealed class SampleFigure(ClassifierReport report, DataSet data, Shape input)
{
    private const int Columns = 6, CellWidth = 144, CellHeight = 158, Top = 48, Margin = 12;

    /// <summary>The pixels of the longer side of an image.</summary>
    private const int Side = 104;

    private readonly int _height = input.Dimensions[0], _width = input.Dimensions[1], _channels = input.Dimensions[2];

    /// <summary>Whether samples of a shape are images that can be drawn.</summary>
    /// <param name="input">The shape.</param>
    public static bool CanDraw(Shape input) => input.Rank == 3 && input.Dimensions[2] is 1 or 3;

    /// <summary>Draws into a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        IReadOnlyList<SamplePrediction> samples = report.Worst;
        float[] pixels = new float[samples.Count * input.Length];
        data.CopyInputs([.. samples.Select(static sample => sample.Sample)], pixels);
        (float black, float white) = (Math.Min(0, pixels.Min()), Math.Max(1, pixels.Max()));

        int rows = (samples.Count + Columns - 1) / Columns;
        int width = Margin + (Columns * CellWidth) + Margin;
        var canvas = new SvgCanvas(width, Top + (rows * CellHeight) + Margin);
        canvas.Title(width / 2.0, string.Create(CultureInfo.InvariantCulture, $"{report.Network}: the {samples.Count} test {report.Counted} of the highest loss"));
        for (int i = 0; i < samples.Count; i++)
        {
            (int x, int y) = (Margin + (i % Columns * CellWidth), Top + (i / Columns * CellHeight));
            DrawImage(canvas, x, y, pixels.AsSpan(i * input.Length, input.Length), black, white);
            canvas.Text(x + (CellWidth / 2.0), y + Side + 18, "middle", Describe(samples[i]));
            canvas.Text(x + (CellWidth / 2.0), y + Side + 34, "middle", Detail(samples[i]), " font-size=\"11\" fill=\"#555555\"");
        }

        canvas.Save(path);
    }

    private string Describe(SamplePrediction sample)
    {
        string prediction = sample.Predicted < 0 ? "not predicted"
            : sample.Predicted == sample.Label ? "predicted right"
            : $"predicted {report.NameOf(sample.Predicted)}";
        return $"{report.NameOf(sample.Label)}, {prediction}";
    }

    private string Detail(SamplePrediction sample)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"sample {sample.Sample}{(report.Positions == 1 ? "" : $" at {sample.Position}")}");
        return sample.Predicted < 0 ? place : string.Create(CultureInfo.InvariantCulture, $"{100 * sample.Probability:F1} %, {place}");
    }

    /// <summary>Runs of equal pixels as one path a colour.</summary>
    private void DrawImage(SvgCanvas canvas, int x, int y, ReadOnlySpan<float> pixels, float black, float white)
    {
        var paths = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        for (int row = 0; row < _height; row++)
        {
            for (int column = 0, end; column < _width; column = end)
            {
                string colour = ColourAt(pixels, row, column, black, white);
                end = column + 1;
                while (end < _width && ColourAt(pixels, row, end, black, white) == colour)
                    end++;

                if (!paths.TryGetValue(colour, out StringBuilder? path))
                    paths.Add(colour, path = new StringBuilder());
                path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h{end - column}v1h{column - end}z");
            }
        }

        double scale = (double)Side / Math.Max(_width, _height);
        (double left, double top) = (x + ((CellWidth - (_width * scale)) / 2), y + ((Side - (_height * scale)) / 2));
        canvas.Add($"<g transform=\"translate({left:F2} {top:F2}) scale({scale:F4})\" shape-rendering=\"crispEdges\">");
        foreach ((string colour, StringBuilder path) in paths)
            canvas.Add($"<path fill=\"{colour}\" d=\"{path}\"/>");
        canvas.Add($"</g>");
    }

    private string ColourAt(ReadOnlySpan<float> pixels, int row, int column, float black, float white)
    {
        ReadOnlySpan<float> channels = pixels.Slice(((row * _width) + column) * _channels, _channels);
        return $"#{Level(channels[0]):x2}{Level(channels[_channels / 2]):x2}{Level(channels[^1]):x2}";

        int Level(float value) => (int)Math.Round(((double)value - black) / ((double)white - black) * 255);
    }
}
