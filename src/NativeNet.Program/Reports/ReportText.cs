using System.Globalization;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>A report as tables of text.</summary>
internal static class ReportText
{
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

    private static void WriteConfusion(TextWriter output, ClassifierReport report)
    {
        ConfusionMatrix confusion = report.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.ClassCount)];
        int width = classes.Max(report.SamplesOf).ToString(CultureInfo.InvariantCulture).Length + 2;

        output.WriteLine("predicted" + string.Concat(classes.Select(Cell)) + (report.HasUndecided ? "  none" : ""));
        foreach (int label in classes)
        {
            string undecided = report.HasUndecided ? string.Create(CultureInfo.InvariantCulture, $"{confusion.Undecided(label),6}") : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"class {label,3}")
                + string.Concat(classes.Select(predicted => Cell(confusion[label, predicted]))) + undecided);
        }

        string Cell<T>(T value)
            where T : IFormattable
            => value.ToString(null, CultureInfo.InvariantCulture).PadLeft(width);
    }

    private static void WriteClasses(TextWriter output, ClassifierReport report)
    {
        output.WriteLine("class  samples  precision  recall");
        for (int i = 0; i < report.Confusion.ClassCount; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{i,5}  {report.SamplesOf(i),7}  {Share(report.Confusion.Precision(i)),9}  {Share(report.Confusion.Recall(i)),6}"));
        }
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : value.ToString("F4", CultureInfo.InvariantCulture);
}
