using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Plots;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet plot</c>.</summary>
internal static class PlotCommand
{
    /// <summary>Draws a column of run logs over each other.</summary>
    /// <param name="column">The column; accuracy or error when left out.</param>
    /// <param name="output">The figure.</param>
    /// <param name="runs">The logs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string? column = null, string output = "plot.svg", [Argument] params string[] runs)
        => Command.Run(() =>
        {
            if (runs.Length == 0)
                throw new UsageException($"plot needs run logs, which {Application.Program.Name} train --log FILE and {Application.Program.Name} sweep write");
            OutputFile.Check([("--output", output)], runs.Select(static run => ("a log", (string?)run)));

            var chosen = new LogColumn(column ?? (RunLog.Read(runs[0]) is [{ Metric: MetricKind.MeanAbsoluteError }, ..] ? "error" : "accuracy"));
            var chart = new LineChart(chosen.Title, "epoch", chosen.AxisName, [.. runs.SelectMany(chosen.Read)]);
            chart.Save(output);
            string leftOut = chart.LeftOut == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $"; left out: {chart.LeftOut} infinite or beyond 1e300");
            Terminal.Output.WriteLine($"{output} written{leftOut}");
            return ExitCode.Success;
        });
}
