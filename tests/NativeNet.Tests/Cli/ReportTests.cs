using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NativeNet.Program.Plots;
using NativeNet.Program.Reports;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Training;

namespace NativeNet.Tests.Cli;

/// <summary><c>nativenet eval --top</c> and <c>--report</c>.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_tells_in_text_tables_and_pictures_what_training_left()
    {
        (string weights, string report) = (_folder.File("w.safetensors"), _folder.File("new/report"));
        string last = CommandLine.Run($"train --epochs 5 --output {weights}").Lines[^1];
        CommandResult result = CommandLine.Run($"eval digits --weights {weights} --top 3 --report {report}");

        Assert.Equal("", result.Error);
        Assert.Equal(last, result.Lines[0]);
        Assert.Equal(
            ["classes.csv", "confusion.csv", "confusion.svg", "metrics.csv", "worst.csv", "worst.svg"],
            Directory.GetFiles(report).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        double[][] confusion = Table(report, "confusion.csv");
        Assert.Equal(359, confusion.Sum(static row => row[1..].Sum()));
        double right = confusion.Select(static (row, i) => row[i + 1]).Sum();
        Dictionary<string, double> metrics = File.ReadLines(Path.Combine(report, "metrics.csv")).Skip(1)
            .Select(static line => line.Split(',')).ToDictionary(static field => field[0], static field => Number(field[1]));
        Assert.Equal(right / 359, metrics["accuracy"]);
        Assert.StartsWith(FormattableString.Invariant($"test accuracy {right / 359:F4} "), last, StringComparison.Ordinal);
        Assert.Equal(FormattableString.Invariant($"top-3 accuracy {metrics["top3Accuracy"]:F4}"), result.Lines[1]);
        Assert.InRange(metrics["top3Accuracy"], metrics["accuracy"] + 0.01, 1);
        Assert.Equal(FormattableString.Invariant($"expected calibration error {metrics["expectedCalibrationError"]:F4}"), result.Lines[2]);

        double[][] classes = Table(report, "classes.csv");
        for (int i = 0; i < 10; i++)
        {
            double samples = confusion[i][1..].Sum(), predicted = confusion.Sum(row => row[i + 1]);
            Assert.Equal([i, samples, confusion[i][i + 1] / predicted, confusion[i][i + 1] / samples], classes[i]);
            Assert.Contains(
                FormattableString.Invariant($"{i,5}  {samples,7}  {classes[i][2],9:F4}  {classes[i][3],6:F4}"), result.Lines);
        }
    }

    [Fact]
    public void The_worst_samples_come_first_with_what_was_made_of_them()
    {
        (string weights, string report) = (_folder.File("w.safetensors"), _folder.File("report"));
        CommandLine.Run($"train --epochs 5 --output {weights}");
        CommandLine.Run($"eval digits --weights {weights} --report {report}");

        double[][] worst = Table(report, "worst.csv");
        Assert.Equal(24, worst.Length);
        Assert.Equal(worst.Select(static row => row[4]).OrderDescending(), worst.Select(static row => row[4]));
        DataSet test = DigitsDataSet.Load().Test;
        Assert.All(worst, row => Assert.Equal(test.Labels[(int)row[0]], row[1]));

        string[] texts = SvgFile.Texts(Path.Combine(report, "worst.svg"));
        Assert.Equal("digits: the 24 test samples of the highest loss", texts[0]);
        Assert.Equal(FormattableString.Invariant($"{worst[0][1]}, predicted {worst[0][2]}"), texts[1]);
        Assert.Equal(FormattableString.Invariant($"{100 * worst[0][3]:F1} %, sample {worst[0][0]}"), texts[2]);
        Assert.Equal(1 + (2 * 24), texts.Length);
        Assert.Equal("predicted class", SvgFile.Texts(Path.Combine(report, "confusion.svg"))[^2]);
    }

    [Fact]
    public void Probability_and_loss_are_those_of_the_softmax()
    {
        float[] scores = [MathF.Log(1), MathF.Log(3), MathF.Log(4)];
        var sample = SamplePrediction.Of(7, 3, 1, scores);
        Assert.Equal((7, 3, 1, 2), (sample.Sample, sample.Position, sample.Label, sample.Predicted));
        Assert.Equal(4 / 8.0, sample.Probability, 1e-6);
        Assert.Equal(-Math.Log(3 / 8.0), sample.Loss, 1e-6);
    }

    [Fact]
    public void Pixels_are_drawn_where_they_are_in_grey_or_colour()
    {
        // 2 rows of 3 pixels: black, grey, grey; white, black, black.
        XElement[] grey = Paths(Shape.Of(2, 3, 1), [0, 0.2f, 0.2f, 1, 0, 0]);
        Assert.Equal(
            [("#000000", "M0 0h1v1h-1zM1 1h2v1h-2z"), ("#333333", "M1 0h2v1h-2z"), ("#ffffff", "M0 1h1v1h-1z")], grey.Select(Describe));

        // Red, then blue; values beyond 1 are white and stretch the rest.
        XElement[] colour = Paths(Shape.Of(1, 2, 3), [2, 0, 0, 0, 0, 1]);
        Assert.Equal([("#ff0000", "M0 0h1v1h-1z"), ("#000080", "M1 0h1v1h-1z")], colour.Select(Describe));

        Assert.False(SampleFigure.CanDraw(Shape.Of(6)));
        Assert.False(SampleFigure.CanDraw(Shape.Of(1, 3, 2)));

        static (string, string) Describe(XElement path) => ((string)path.Attribute("fill")!, (string)path.Attribute("d")!);
    }

    [Fact]
    public void Weights_that_broke_down_are_reported_as_predicting_nothing()
    {
        (string weights, string report) = (_folder.File("w.safetensors"), _folder.File("report"));
        float[] parameters = new float[Digits.ParametersLength];
        parameters[Digits.Tensors["layers.2.bias"].Offset] = float.NaN;
        ParameterFile.Save(weights, Digits.Tensors, parameters);
        CommandResult result = CommandLine.Run($"eval digits --weights {weights} --report {report}");

        Assert.Equal("", result.Error);
        Assert.Equal("test accuracy 0.0000 loss NaN", result.Lines[0]);
        Assert.Contains("predicted   0   1   2   3   4   5   6   7   8   9  none", result.Lines);
        Assert.Contains("    0       27          -  0.0000", result.Lines);
        Assert.All(Table(report, "confusion.csv"), static row => Assert.Equal(row[1..].Sum(), row[^1]));
        int label = DigitsDataSet.Load().Test.Labels[0];
        Assert.Equal($"0,{label},,,", File.ReadAllLines(Path.Combine(report, "worst.csv"))[1]);
        Assert.Contains("none", SvgFile.Texts(Path.Combine(report, "confusion.svg")));
        Assert.Equal($"{label}, not predicted", SvgFile.Texts(Path.Combine(report, "worst.svg"))[1]);
    }

    [Fact]
    public void Only_what_was_asked_for_is_told()
    {
        string weights = _folder.File("w.safetensors");
        string last = CommandLine.Run($"train --epochs 1 --output {weights}").Lines[^1];
        CommandResult result = CommandLine.Run($"eval digits --weights {weights} --top 1");

        Assert.Equal([last, $"top-1 accuracy {last.Split(' ')[2]}"], result.Lines);
    }

    private static XElement[] Paths(Shape shape, float[] pixels)
    {
        using var folder = new TemporaryFolder();
        var data = DataSet.FromFloats(shape, [.. pixels], [0], classCount: 2);
        var report = new ClassifierReport("n", new Evaluation(0, 1, 1), data.Labels, [1, 0], places: 1);
        new SampleFigure(report, data, shape).Save(folder.File("f.svg"));
        return [.. XDocument.Load(folder.File("f.svg")).Descendants(SvgFile.Svg + "path")];
    }

    private static double[][] Table(string folder, string name)
        => [.. File.ReadLines(Path.Combine(folder, name), Encoding.ASCII).Skip(1).Select(static line => line.Split(',').Select(Number).ToArray())];

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
