using System.Globalization;
using System.Text;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Description;
using NativeNet.Folding;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet fold</c>: a network file and its weights, not a network of the binary.</summary>
internal static class FoldCommand
{
    /// <summary>Takes out of a trained network what predictions do not need.</summary>
    /// <param name="file">The network's description.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="network">Where the folded network goes.</param>
    /// <param name="output">Where its weights go.</param>
    /// <returns>The exit code.</returns>
    [ConsoleAppFilter<ErrorFilter>]
    public static int Run([Argument] string? file = null, string? weights = null, string? network = null, string? output = null)
    {
        if (file is null || weights is null || network is null || output is null)
            throw new UsageException($"fold needs a network file, --weights FILE, --network FILE and --output FILE; see {Application.Program.Name} fold --help");
        OutputFile.Check(network);
        OutputFile.Check(output);

        NetworkSpec spec = NetworkFile.Read(file);
        float[] parameters = new float[spec.ParameterCount];
        ParameterFile.Load(weights, spec, parameters);

        FoldedNetwork folded = NetworkFolding.Fold(spec, parameters);
        AtomicFile.Write(network, Encoding.UTF8.GetBytes(NetworkJson.WriteFile(folded.Spec)));
        ParameterFile.Save(output, folded.Spec, folded.Parameters.AsMemory());

        foreach (FoldingStep step in folded.Steps)
            Terminal.Output.WriteLine(Describe(step));
        Terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{folded.Spec.ParameterCount} parameters instead of {spec.ParameterCount}"));
        return ExitCode.Success;
    }

    private static string Describe(FoldingStep step)
    {
        string fate = step switch
        {
            { Obstacle: { } obstacle } => $"stays: {obstacle}",
            { Into: { } into } => string.Create(CultureInfo.InvariantCulture, $"folded into layer {into}"),
            _ => "removed",
        };
        return string.Create(CultureInfo.InvariantCulture, $"layer {step.Layer}, {step.Type}: {fate}");
    }
}
