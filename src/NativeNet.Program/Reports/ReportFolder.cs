using System.Globalization;
using System.Text;
using NativeNet.Program.Plots;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>A report as files: tables as CSV, in which a number that is not there is an empty field, and pictures as SVG.</summary>
/// <param name="folder">Gets the files; those of these names are replaced.</param>
internal sealed class ReportFolder(string folder)
{
    private readonly List<string> _written = [];

    /// <summary>The names of the files, in the order of their writing.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>Writes everything.</summary>
    /// <param name="report">The report.</param>
    /// <param name="data">The test data.</param>
    /// <param name="input">The shape of a sample; samples that are images of 1 or 3 channels are drawn.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(ClassifierReport report, DataSet data, Shape input)
    {
        SaveTable("metrics.csv", Metrics(report));
        SaveTable("confusion.csv", Confusion(report));
        SaveTable("classes.csv", Classes(report));
        SaveTable("worst.csv", Worst(report));

        new ConfusionFigure(report).Save(PathOf("confusion.svg"));
        if (SampleFigure.CanDraw(input))
            new SampleFigure(report, data, input).Save(PathOf("worst.svg"));
    }

    private static IEnumerable<string> Metrics(ClassifierReport report) =>
    [
        "metric,value",
        Row("samples", report.Confusion.Count),
        Row("accuracy", report.Evaluation.Accuracy),
        Row("loss", report.Evaluation.Loss),
        Row(string.Create(CultureInfo.InvariantCulture, $"top{report.Places}Accuracy"), report.Top.Value),
        Row("expectedCalibrationError", report.Calibration.Value),
    ];

    private static IEnumerable<string> Confusion(ClassifierReport report)
    {
        ConfusionMatrix confusion = report.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.ClassCount)];
        yield return Row(["class", .. classes.Select(i => "predicted" + (report.Classes.Count > 0 ? " " : "") + report.NameOf(i)), "undecided"]);
        foreach (int label in classes)
            yield return Row([report.NameOf(label), .. classes.Select(predicted => confusion[label, predicted]), confusion.Undecided(label)]);
    }

    private static IEnumerable<string> Classes(ClassifierReport report)
        => Enumerable.Range(0, report.Confusion.ClassCount)
            .Select(i => Row(report.NameOf(i), report.SamplesOf(i), report.Confusion.Precision(i), report.Confusion.Recall(i)))
            .Prepend("class,samples,precision,recall");

    private static IEnumerable<string> Worst(ClassifierReport report)
        => report.Worst
            .Select(sample => Row(
                sample.Position, report.NameOf(sample.Label), sample.Predicted < 0 ? "" : report.NameOf(sample.Predicted), sample.Probability, sample.Loss))
            .Prepend("sample,class,predicted,probability,loss");

    private static string Row(params object[] fields)
        => string.Join(',', fields.Select(static field => field is double.NaN ? "" : Quoted(Convert.ToString(field, CultureInfo.InvariantCulture)!)));

    /// <summary>A field as RFC 4180 has it.</summary>
    private static string Quoted(string field)
        => field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private void SaveTable(string name, IEnumerable<string> rows)
        => AtomicFile.Write(PathOf(name), Encoding.UTF8.GetBytes(string.Concat(rows.Select(static row => row + "\n"))));

    private string PathOf(string name)
    {
        _written.Add(name);
        return Path.Combine(folder, name);
    }
}
