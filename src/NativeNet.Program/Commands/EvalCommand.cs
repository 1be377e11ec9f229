using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Program.Reports;
using NativeNet.Program.Training;
using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet eval</c>.</summary>
internal static class EvalCommand
{
    /// <summary>As the field counts where there are many classes.</summary>
    private const int DefaultTop = 5;

    /// <summary>Says how well trained weights do.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="layout">What weights are taken for that do not say in which order they lie.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="label">The column with the labels.</param>
    /// <param name="target">The columns with the values to learn, or the word for the inputs.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="missing">What becomes of rows with missing values.</param>
    /// <param name="rows">What a row of a CSV file is.</param>
    /// <param name="test">The samples to be judged by.</param>
    /// <param name="seed">Decides which samples a share of --test holds out.</param>
    /// <param name="top">How many of the greatest scores count.</param>
    /// <param name="report">The folder of a report.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? weights = null, [Layout] ParameterOrder layout = ParameterOrder.Stated,
        string? data = null, string? label = null, string? target = null,
        [Delimiter] char? delimiter = null, [Header] HeaderLine header = HeaderLine.AsItLooks,
        [Missing] MissingValues missing = MissingValues.Refused, [Rows] RowKind rows = RowKind.Samples, string? test = null, [Seed] ulong seed = 42,
        [Top] int? top = null, string? report = null)
        => Command.Run(() =>
        {
            NamedNetwork chosen = NetworkCatalog.Require(network, "eval");
            if (weights is null)
                throw new UsageException($"eval needs --weights FILE, which {Application.Program.Name} train --output FILE writes");
            if (top is not null && !chosen.HasClasses)
                throw new UsageException($"--top counts classes, and {chosen.Name} has none; leave it out");
            if (top > chosen.Network.ClassCount)
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--top must be at most {chosen.Network.ClassCount}, the classes of {chosen.Name}, not {top}"));

            if (report is not null)
            {
                OutputFile.CreateFolder(report);
                OutputFile.Check(
                    ReportFolder.Names.Select(name => ("--report", (string?)Path.Combine(report, name))), ("--weights", weights), ("--data", data));
            }

            DataSet samples = chosen.Data.Load(chosen, new DataArguments(data, label, target, delimiter, header, missing, test, seed, rows)).Test;
            Evaluation evaluation = chosen.Evaluate(weights, layout, samples);
            Terminal.Output.WriteLine(TrainingReport.Describe(chosen.Metric, evaluation));
            if (top is null && report is null)
                return ExitCode.Success;
            if (!chosen.HasClasses)
                return Report(new ValueReport(chosen.Metric, evaluation, samples, chosen.Score(weights, layout, samples)), report!);

            var result = new ClassifierReport(
                chosen.Name, evaluation, samples.Labels, chosen.Score(weights, layout, samples), top ?? Math.Min(DefaultTop, chosen.Network.ClassCount), chosen.Network.TargetLength)
            { Classes = chosen.Network.Classes };
            Terminal.Output.WriteLine(ReportText.DescribeTop(result));
            if (report is not null)
                Report(result, samples, chosen, report);
            return ExitCode.Success;
        });

    private static int Report(ValueReport result, string path)
    {
        ReportText.Write(Terminal.Output, result);
        var folder = new ReportFolder(path);
        folder.Save(result);
        Terminal.Output.WriteLine($"{string.Join(", ", folder.Written)} written to {path}");
        return ExitCode.Success;
    }

    private static void Report(ClassifierReport result, DataSet test, NamedNetwork network, string path)
    {
        ReportText.Write(Terminal.Output, result);
        var folder = new ReportFolder(path);
        folder.Save(result, test, network.Network.InputShape);
        Terminal.Output.WriteLine($"{string.Join(", ", folder.Written)} written to {path}");
    }
}
