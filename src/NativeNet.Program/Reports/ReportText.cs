using System.Globalization;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>A report as tables of text.</summary>
internal static class ReportText
{
    /// <summary>The outputs that have a line; the table in the file has all.</summary>
    private const int MostOutputs = 32;

    /// <summary>The line for top-k accuracy.</summary>
    /// <param name="report">The report.</param>
    public static string DescribeTop(ClassifierReport report)
        => string.Create(CultureInfo.InvariantCulture, $"top-{report.Places} accuracy {report.Top.Value:F4}");

    /// <summary>Writes calibration, confusion, and precision and recall class by class.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter output, ClassifierReport report)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"expected calibration error {report.Calibration.Value:F4}"));
        output.WriteLine();
        WriteConfusion(output, report);
        output.WriteLine();
        WriteClasses(output, report);
        output.WriteLine();
    }

    /// <summary>Writes how each output does.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter output, ValueReport report)
    {
        bool isAccuracy = report.Metric == MetricKind.Accuracy;
        output.WriteLine();
        output.WriteLine(isAccuracy ? "output  accuracy" : "output  mean absolute  root mean squared      R2");
        foreach ((int number, RegressionError error) in report.Errors.Index().Take(MostOutputs))
        {
            output.WriteLine(isAccuracy
                ? string.Create(CultureInfo.InvariantCulture, $"{number,6}  {(double)report.Correct[number] / error.Count,8:F4}")
                : string.Create(CultureInfo.InvariantCulture, $"{number,6}  {error.MeanAbsolute,13:G5}  {Math.Sqrt(error.MeanSquared),17:G5}  {error.RSquared,6:F4}"));
        }

        output.WriteLine(report.Errors.Count > MostOutputs ? string.Create(CultureInfo.InvariantCulture, $"and {report.Errors.Count - MostOutputs} more") : "");
    }

    private static void WriteConfusion(TextWriter output, ClassifierReport report)
    {
        ConfusionMatrix confusion = report.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.ClassCount)];
        int name = Math.Max(3, classes.Max(label => report.NameOf(label).Length));
        int width = Math.Max(classes.Max(report.SamplesOf).ToString(CultureInfo.InvariantCulture).Length, report.Classes.Count > 0 ? name : 0) + 2;

        output.WriteLine("predicted".PadRight(name + 6) + string.Concat(classes.Select(label => report.NameOf(label).PadLeft(width))) + (report.HasUndecided ? "  none" : ""));
        foreach (int label in classes)
        {
            string undecided = report.HasUndecided ? string.Create(CultureInfo.InvariantCulture, $"{confusion.Undecided(label),6}") : "";
            output.WriteLine("class " + report.NameOf(label).PadLeft(name)
                + string.Concat(classes.Select(predicted => Cell(confusion[label, predicted]))) + undecided);
        }

        string Cell(long value) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);
    }

    private static void WriteClasses(TextWriter output, ClassifierReport report)
    {
        int name = Math.Max(5, Enumerable.Range(0, report.Confusion.ClassCount).Max(label => report.NameOf(label).Length));
        output.WriteLine("class".PadLeft(name) + $"  {report.Counted}  precision  recall");
        for (int i = 0; i < report.Confusion.ClassCount; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.NameOf(i).PadLeft(name)}  {SamplesOf(i)}  {Share(report.Confusion.Precision(i)),9}  {Share(report.Confusion.Recall(i)),6}"));
        }

        string SamplesOf(int label) => report.SamplesOf(label).ToString(CultureInfo.InvariantCulture).PadLeft(report.Counted.Length);
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("F4", CultureInfo.InvariantCulture);
}
