using System.Globalization;
using System.Text;
using NativeNet.Program.Plots;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>A report as files: tables as CSV, in which a number that is not there is an empty field, and pictures as SVG.</summary>
/// <param name="folder">Gets the files; those of these names are replaced.</param>
internal sealed class ReportFolder(string folder)
{
    private const string MetricsTable = "metrics.csv", OutputsTable = "outputs.csv", ConfusionTable = "confusion.csv", ClassesTable = "classes.csv", WorstTable = "worst.csv";
    private const string ConfusionPicture = "confusion.svg", WorstPicture = "worst.svg";

    private readonly List<string> _written = [];

    /// <summary>The names of all files that a report can have.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [MetricsTable, OutputsTable, ConfusionTable, ClassesTable, WorstTable, ConfusionPicture, WorstPicture];

    /// <summary>The names of the files, in the order of their writing.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>Writes everything.</summary>
    /// <param name="report">The report.</param>
    /// <param name="data">The test data.</param>
    /// <param name="input">The shape of a sample; samples that are images of 1 or 3 channels are drawn.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(ClassifierReport report, DataSet data, Shape input)
    {
        SaveTable(MetricsTable, Metrics(report));
        SaveTable(ConfusionTable, Confusion(report));
        SaveTable(ClassesTable, Classes(report));
        SaveTable(WorstTable, Worst(report));

        new ConfusionFigure(report).Save(PathOf(ConfusionPicture));
        if (SampleFigure.CanDraw(input))
            new SampleFigure(report, data, input).Save(PathOf(WorstPicture));
    }

    /// <summary>Writes everything.</summary>
    /// <param name="report">The report.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(ValueReport report)
    {
        SaveTable(MetricsTable, Metrics(report));
        SaveTable(OutputsTable, Outputs(report));
        SaveTable(WorstTable, report.Worst.Select(static sample => CsvText.Row(sample.Position, sample.Error)).Prepend("sample,meanAbsoluteError"));
    }

    private static IEnumerable<string> Metrics(ValueReport report)
    {
        Evaluation evaluation = report.Evaluation;
        yield return "metric,value";
        yield return CsvText.Row("samples", evaluation.Count);
        if (report.Metric == MetricKind.Accuracy)
        {
            yield return CsvText.Row("accuracy", evaluation.Accuracy);
        }
        else
        {
            yield return CsvText.Row("meanAbsoluteError", evaluation.MeanAbsoluteError);
            yield return CsvText.Row("rootMeanSquaredError", Math.Sqrt(evaluation.Loss));
            yield return CsvText.Row("rSquared", evaluation.RSquared);
        }

        yield return CsvText.Row("loss", evaluation.Loss);
    }

    private static IEnumerable<string> Outputs(ValueReport report)
    {
        bool isAccuracy = report.Metric == MetricKind.Accuracy;
        yield return isAccuracy ? "output,accuracy,meanAbsoluteError" : "output,meanAbsoluteError,rootMeanSquaredError,rSquared";
        foreach ((int output, RegressionError error) in report.Errors.Index())
        {
            yield return isAccuracy
                ? CsvText.Row(output, (double)report.Correct[output] / error.Count, error.MeanAbsolute)
                : CsvText.Row(output, error.MeanAbsolute, Math.Sqrt(error.MeanSquared), error.RSquared);
        }
    }

    private static IEnumerable<string> Metrics(ClassifierReport report) =>
    [
        "metric,value",
        CsvText.Row(report.Counted, report.Confusion.Count),
        CsvText.Row("accuracy", report.Evaluation.Accuracy),
        CsvText.Row("loss", report.Evaluation.Loss),
        CsvText.Row(string.Create(CultureInfo.InvariantCulture, $"top{report.Places}Accuracy"), report.Top.Value),
        CsvText.Row("expectedCalibrationError", report.Calibration.Value),
    ];

    private static IEnumerable<string> Confusion(ClassifierReport report)
    {
        ConfusionMatrix confusion = report.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.ClassCount)];
        yield return CsvText.Row(["class", .. classes.Select(i => "predicted" + (report.Classes.Count > 0 ? " " : "") + report.NameOf(i)), "undecided"]);
        foreach (int label in classes)
            yield return CsvText.Row([report.NameOf(label), .. classes.Select(predicted => confusion[label, predicted]), confusion.Undecided(label)]);
    }

    private static IEnumerable<string> Classes(ClassifierReport report)
        => Enumerable.Range(0, report.Confusion.ClassCount)
            .Select(i => CsvText.Row(report.NameOf(i), report.SamplesOf(i), report.Confusion.Precision(i), report.Confusion.Recall(i)))
            .Prepend($"class,{report.Counted},precision,recall");

    private static IEnumerable<string> Worst(ClassifierReport report)
        => report.Worst
            .Select(sample => CsvText.Row([
                sample.Sample, .. report.Positions == 1 ? (object[])[] : [sample.Position],
                report.NameOf(sample.Label), sample.Predicted < 0 ? "" : report.NameOf(sample.Predicted), sample.Probability, sample.Loss]))
            .Prepend($"sample{(report.Positions == 1 ? "" : ",position")},class,predicted,probability,loss");

    private void SaveTable(string name, IEnumerable<string> rows)
        => AtomicFile.Write(PathOf(name), Encoding.UTF8.GetBytes(string.Concat(rows.Select(static row => row + "\n"))));

    private string PathOf(string name)
    {
        _written.Add(name);
        return Path.Combine(folder, name);
    }
}
