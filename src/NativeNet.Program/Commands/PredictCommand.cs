using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Program.Predictions;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet predict</c>.</summary>
internal static class PredictCommand
{
    /// <summary>Says what a network makes of rows of numbers.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="all">Whether the probability of every class is told.</param>
    /// <param name="format">How predictions are written.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="files">At most one file with rows of numbers; standard input when left out or <c>-</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? weights = null, bool all = false, [Format] PredictionFormat format = PredictionFormat.Text,
        [Delimiter] char? delimiter = null, [Header] HeaderLine header = HeaderLine.AsItLooks, [Argument] params string[] files)
        => Command.Run(() =>
        {
            NamedNetwork chosen = NetworkCatalog.Require(network, "predict");
            if (weights is null)
                throw new UsageException($"predict needs --weights FILE, which {Application.Program.Name} train --output FILE writes");
            if (files.Length > 1)
                throw new UsageException($"predict reads one file; leave out '{files[1]}'");
            if (all && !chosen.HasClasses)
                throw new UsageException($"--all tells the probability of every class, and {chosen.Name} has none; leave it out");

            bool isInput = files is [] or ["-"];
            using TextReader text = isInput ? Terminal.OpenInput() : Open(files[0]);
            var rows = new CsvRowReader(
                text, isInput ? "standard input" : files[0], chosen.Network.InputLength, chosen.Data.Scale, delimiter, DataArguments.HasHeader(header));
            Predict(chosen, weights, rows, new PredictionWriter(chosen.Network, format, all, Terminal.Output));
            return ExitCode.Success;
        });

    private static void Predict(NamedNetwork network, string weights, CsvRowReader rows, PredictionWriter writer)
    {
        TrainableNetwork own = network.Network;
        using var parameters = new AlignedBuffer<float>(own.ParametersLength);
        ParameterFile.Load(weights, own.Tensors, parameters.Span);

        float[] input = new float[own.InputLength];
        float[] scores = new float[own.OutputLength];
        float[] workspace = new float[own.PredictWorkspaceLength];
        bool isFirst = true;
        while (rows.TryRead(input))
        {
            if (isFirst && rows.HasHeader)
                writer.WriteNames();
            isFirst = false;

            own.Predict(parameters.Span, input, scores, workspace);
            bool isUnknown = scores.Any(float.IsNaN);
            if (isUnknown || !float.IsFinite(scores.Max()))
                throw rows.Error($"the scores are not {(isUnknown ? "numbers" : "finite")}; the weights are those of a run that broke down");
            writer.Write(scores);
        }
    }

    private static StreamReader Open(string path)
        => Directory.Exists(path)
            ? throw new IOException($"{path}: is a folder; name a file in it")
            : new StreamReader(path, LineReader.Utf8, detectEncodingFromByteOrderMarks: false);
}
