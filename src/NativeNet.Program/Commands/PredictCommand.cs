using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet predict</c>.</summary>
internal static class PredictCommand
{
    /// <summary>Classifies rows of numbers.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="layout">What weights are taken for that do not say in which order they lie.</param>
    /// <param name="files">At most one file with rows of numbers; standard input when left out or <c>-</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? weights = null, [Layout] ParameterOrder layout = ParameterOrder.Stated, [Argument] params string[] files)
        => Command.Run(() =>
        {
            Predict(network, weights, layout, files);
            return ExitCode.Success;
        });

    private static void Predict(string? network, string? weights, ParameterOrder layout, string[] files)
    {
        NamedNetwork chosen = NetworkCatalog.Require(network, "predict");
        if (weights is null)
            throw new UsageException($"predict needs --weights FILE, which {Application.Program.Name} train --output FILE writes");
        if (files.Length > 1)
            throw new UsageException($"predict reads one file; leave out '{files[1]}'");

        bool isInput = files is [] or ["-"];
        using TextReader text = isInput ? Terminal.OpenInput() : Open(files[0]);
        chosen.Predict(weights, layout, text, isInput ? "standard input" : files[0], Terminal.Output);
    }

    private static StreamReader Open(string path)
        => Directory.Exists(path)
            ? throw new IOException($"{path}: is a folder; name a file in it")
            : new StreamReader(path, LineReader.Utf8, detectEncodingFromByteOrderMarks: false);
}
