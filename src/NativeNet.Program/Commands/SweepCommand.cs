using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Experiments;
using NativeNet.Program.Networks;
using NativeNet.Program.Training;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet sweep</c>.</summary>
internal static class SweepCommand
{
    /// <summary>The deep network on the digits: too slow, adequate with dips, and breaking down.</summary>
    private static readonly float[] DefaultRates = [0.0035f, 0.035f, 2f];

    /// <summary>Trains a network at several learning rates and compares the runs.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="label">The column with the labels.</param>
    /// <param name="target">The columns with the values to learn, or the word for the inputs.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="missing">What becomes of rows with missing values.</param>
    /// <param name="rows">What a row of a CSV file is.</param>
    /// <param name="test">The samples to leave out.</param>
    /// <param name="learningRates">The rates.</param>
    /// <param name="epochs">Passes through the training data in each run.</param>
    /// <param name="seeds">How many seeds to try each rate with, from 1 on.</param>
    /// <param name="out">The folder of the results.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? data = null, string? label = null, string? target = null,
        [Delimiter] char? delimiter = null, [Header] HeaderLine header = HeaderLine.AsItLooks,
        [Missing] MissingValues missing = MissingValues.Refused, [Rows] RowKind rows = RowKind.Samples, string? test = null,
        [LearningRates] float[]? learningRates = null,
        [Epochs] int? epochs = null, [Seeds] int? seeds = null, string @out = "sweep")
        => Command.RunTogether((processes, cancellationToken) =>
        {
            NamedNetwork chosen = NetworkCatalog.FindExperimental(network);
            DataSet train = chosen.Data.Load(chosen, new DataArguments(data, label, target, delimiter, header, missing, test, Rows: rows)).Train;
            LabelCheck.Require(train, data);
            var sweep = new Sweep(
                chosen, train, data, learningRates ?? DefaultRates, seeds ?? 1,
                epochs ?? chosen.Training.Epochs, @out, processes);
            try
            {
                sweep.Run(Terminal.Output, cancellationToken);
                return ExitCode.Success;
            }
            catch (OperationCanceledException)
            {
                Terminal.WriteError($"stopped; {@out} holds the logs of the epochs so far, without a figure");
                processes?.Abort(ExitCode.Interrupted);
                return ExitCode.Interrupted;
            }
        });
}
