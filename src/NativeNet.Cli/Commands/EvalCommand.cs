using ConsoleAppFramework;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Networks;
using NativeNet.Cli.Training;
using NativeNet.Training;

namespace NativeNet.Cli.Commands;

/// <summary><c>nativenet eval</c>.</summary>
internal static class EvalCommand
{
    /// <summary>Says how well trained weights do.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <returns>The exit code.</returns>
    public static int Run([Argument] string? network = null, string? weights = null, string? data = null)
    {
        CompiledNetwork chosen = NetworkCatalog.Require(network, "eval");
        if (weights is null)
            throw new UsageException("eval needs --weights FILE, which nativenet train --output FILE writes");

        Evaluation test = chosen.Evaluate(weights, chosen.Data.Load(chosen, data).Test);
        Terminal.Output.WriteLine(TrainingReport.Describe(test));
        return ExitCode.Success;
    }
}
