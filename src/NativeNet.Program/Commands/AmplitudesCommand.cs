using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Experiments;
using NativeNet.Program.Networks;
using NativeNet.Program.Training;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet amplitudes</c>.</summary>
internal static class AmplitudesCommand
{
    /// <summary>Trains a network and shows how the weights of each layer grow.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="label">The column with the labels.</param>
    /// <param name="target">The columns with the values to learn, or the word for the inputs.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="missing">What becomes of rows with missing values.</param>
    /// <param name="rows">What a row of a CSV file is.</param>
    /// <param name="test">The samples to leave out.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="epochs">Passes through the training data.</param>
    /// <param name="seed">Decides first weights and order of samples.</param>
    /// <param name="out">The folder of the results.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? data = null, string? label = null, string? target = null,
        [Delimiter] char? delimiter = null, [Header] HeaderLine header = HeaderLine.AsItLooks,
        [Missing] MissingValues missing = MissingValues.Refused, [Rows] RowKind rows = RowKind.Samples, string? test = null,
        [LearningRate] float? learningRate = null, [Epochs] int? epochs = null,
        [Seed] ulong seed = 42, string @out = "amplitudes")
        => Command.Run(cancellationToken =>
        {
            NamedNetwork chosen = NetworkCatalog.FindExperimental(network);
            DataSet train = chosen.Data.Load(chosen, new DataArguments(data, label, target, delimiter, header, missing, test, seed, rows)).Train;
            LabelCheck.Require(train, data);
            var amplitudes = new Amplitudes(
                chosen, train, data, learningRate ?? chosen.Training.PlainRate,
                epochs ?? chosen.Training.Epochs, seed, @out);
            try
            {
                if (amplitudes.Run(Terminal.Output, cancellationToken) is not { } breakdown)
                    return ExitCode.Success;

                Terminal.WriteError(breakdown.ToString());
                return ExitCode.Diverged;
            }
            catch (OperationCanceledException)
            {
                Terminal.WriteError($"stopped; {@out} holds the log of the epochs so far, without a figure");
                return ExitCode.Interrupted;
            }
        });
}
