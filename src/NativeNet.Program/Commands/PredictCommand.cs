using System.Globalization;
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
    /// <summary>Says what a network makes of rows of numbers, or of images.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="layout">What weights are taken for that do not say in which order they lie.</param>
    /// <param name="all">Whether the probability of every class is told.</param>
    /// <param name="format">How predictions are written.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="rows">What a row is.</param>
    /// <param name="files">One file with rows of numbers, or images; standard input when left out or <c>-</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? weights = null, [Layout] ParameterOrder layout = ParameterOrder.Stated, bool all = false,
        [Format] PredictionFormat format = PredictionFormat.Text, [Delimiter] char? delimiter = null,
        [Header] HeaderLine header = HeaderLine.AsItLooks, [Rows] RowKind rows = RowKind.Samples, [Argument] params string[] files)
        => Command.Run(() =>
        {
            PredictableNetwork chosen = NetworkCatalog.RequirePredictable(network, "predict");
            if (weights is null)
                throw new UsageException($"predict needs --weights FILE, which {Application.Program.Name} train --output FILE writes");
            if (all && !chosen.HasClasses)
                throw new UsageException($"--all tells the probability of every class, and {chosen.Name} has none; leave it out");

            StreamingNetwork? streaming = rows == RowKind.Samples ? null : chosen.Network.Streaming
                ?? throw new UsageException($"--rows frames is for networks none of whose outputs depends on a later frame, and {chosen.Name} takes no signal or is no such one; give it a sample a row");
            var writer = new PredictionWriter(chosen, streaming?.OutputChannels ?? chosen.Network.OutputLength, format, all, Terminal.Output);
            Predictor Load() => new(chosen.Network, streaming, weights, layout, writer);
            if (files.Length > 0 && files.All(ImageFile.HasImageName))
                PredictImages(chosen.Network, files, Load);
            else
                PredictRows(chosen, streaming?.InputChannels ?? chosen.Network.InputLength, files, delimiter, DataArguments.HasHeader(header), Load, writer);
            return ExitCode.Success;
        });

    /// <summary>One line for each file.</summary>
    private static void PredictImages(PredictingNetwork network, string[] files, Func<Predictor> load)
    {
        using Predictor predictor = load();
        float[] input = new float[network.InputLength];
        foreach (string file in files)
        {
            ImagePixels image = ImageFile.Read(file);
            ImageFile.Require(image, network.InputShape, file);
            ByteScaling.Scale(image.Pixels, ImageFolder.Scale, input);
            predictor.Predict(input, file);
        }
    }

    /// <summary>One line for each row, as rows arrive.</summary>
    private static void PredictRows(
        PredictableNetwork network, int length, string[] files, char? delimiter, bool? hasHeader, Func<Predictor> load, PredictionWriter writer)
    {
        if (files.Length > 1)
            throw new UsageException($"predict reads one file; leave out '{files[1]}'");

        bool isInput = files is [] or ["-"];
        string name = isInput ? "standard input" : files[0];
        using TextReader text = isInput ? Terminal.OpenInput() : Open(files[0]);
        using Predictor predictor = load();
        var rows = new CsvRowReader(text, name, length, network.Data.Scale, delimiter, hasHeader);
        float[] input = new float[length];
        for (bool isFirst = true; rows.TryRead(input); isFirst = false)
        {
            if (isFirst && rows.HasHeader)
                writer.WriteNames();
            predictor.Predict(input, string.Create(CultureInfo.InvariantCulture, $"{name}({rows.LineNumber})"));
        }
    }

    private static StreamReader Open(string path)
        => Directory.Exists(path)
            ? throw new IOException($"{path}: is a folder; name a file in it")
            : new StreamReader(path, LineReader.Utf8, detectEncodingFromByteOrderMarks: false);
}
