using System.Globalization;
using System.Text;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Interchange;
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
    /// <param name="layout">What weights are taken for that do not say in which order they lie.</param>
    /// <param name="network">Where the folded network goes.</param>
    /// <param name="output">Where its weights go.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? file = null, string? weights = null, [Layout] ParameterOrder layout = ParameterOrder.Stated, string? network = null, string? output = null)
        => Command.Run(() =>
        {
            if (file is null || weights is null || network is null || output is null)
                throw new UsageException($"fold needs a network file, --weights FILE, --network FILE and --output FILE; see {Application.Program.Name} fold --help");
            OutputFile.Check([("--network", network), ("--output", output)], ("the network file", file), ("--weights", weights));

            NetworkSpec spec = NetworkFile.Read(file);
            float[] parameters = new float[spec.ParameterCount];
            GivenWeights.Load(weights, spec, parameters, layout);

            FoldedNetwork folded = NetworkFolding.Fold(spec, parameters);
            bool isSaved = OutputFile.Save(network, path => AtomicFile.Write(path, Encoding.UTF8.GetBytes(NetworkJson.WriteFile(folded.Spec))));
            isSaved &= OutputFile.Save(output, path => ParameterFile.Save(path, folded.Spec, folded.Parameters.AsMemory()));

            foreach (FoldingStep step in folded.Steps)
                Terminal.Output.WriteLine(Describe(step));
            Terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{folded.Spec.ParameterCount} parameters instead of {spec.ParameterCount}"));
            return isSaved ? ExitCode.Success : ExitCode.Failure;
        });

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
