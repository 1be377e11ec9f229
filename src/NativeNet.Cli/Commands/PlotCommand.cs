using ConsoleAppFramework;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Plots;
using NativeNet.Data;
using NativeNet.Training.Monitoring;

namespace NativeNet.Cli.Commands;

/// <summary><c>nativenet plot</c>.</summary>
internal static class PlotCommand
{
    /// <summary>Draws the accuracies of run logs over each other.</summary>
    /// <param name="output">The figure.</param>
    /// <param name="runs">The logs.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string output = "plot.svg", [Argument] params string[] runs)
    {
        if (runs.Length == 0)
            throw new UsageException("plot needs run logs, which nativenet train --log FILE and nativenet sweep write");
        OutputFile.Check(output);

        new LineChart("accuracy on the training data", "epoch", "accuracy", [.. runs.Select(Read)]).Save(output);
        Terminal.Output.WriteLine($"{output} written");
        return ExitCode.Success;
    }

    private static Curve Read(string path)
    {
        IReadOnlyList<EpochRecord> rows = RunLog.Read(path);
        return rows.Count > 0
            ? new Curve(Path.ChangeExtension(path, null), [.. rows.Select(static row => ((double)row.Epoch, row.Accuracy))])
            : throw new DataFormatException($"{path}: has no epochs yet; there is nothing to draw");
    }
}
