using System.Text;
using ConsoleAppFramework;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Networks;

namespace NativeNet.Cli.Commands;

/// <summary><c>nativenet predict</c>.</summary>
internal static class PredictCommand
{
    /// <summary>Classifies rows of numbers.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="file">Rows of numbers; standard input when left out or <c>-</c>.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <returns>The exit code.</returns>
    public static int Run([Argument] string? network = null, [Argument] string? file = null, string? weights = null)
    {
        CompiledNetwork chosen = NetworkCatalog.Require(network, "predict");
        if (weights is null)
            throw new UsageException("predict needs --weights FILE, which nativenet train --output FILE writes");

        bool isInput = file is null or "-";
        using TextReader text = isInput ? Terminal.OpenInput() : Open(file!);
        chosen.Predict(weights, text, isInput ? "standard input" : file!, Terminal.Output);
        return ExitCode.Success;
    }

    private static StreamReader Open(string path)
        => Directory.Exists(path)
            ? throw new IOException($"{path}: is a folder; name a file in it")
            : new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
}
