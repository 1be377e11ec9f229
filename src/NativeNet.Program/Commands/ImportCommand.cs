using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Description;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Interchange;
using NativeNet.Program.Networks;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Brings over the weights of a model that was trained elsewhere.</summary>
    /// <param name="from">Where they come from: pytorch.</param>
    /// <param name="file">The network's description.</param>
    /// <param name="weights">The weights as they are there.</param>
    /// <param name="output">Where they go.</param>
    /// <returns>The exit code.</returns>
    public static int Run([Argument] string? from = null, [Argument] string? file = null, string? weights = null, string? output = null)
        => Command.Run(() =>
        {
            if (from is not (null or "pytorch"))
                throw new UsageException($"import knows no '{from}'; there is pytorch");
            if (from is null || file is null || weights is null || output is null)
                throw new UsageException($"import needs pytorch, a network file, --weights FILE and --output FILE; see {Application.Program.Name} import --help");
            OutputFile.Check([("--output", output)], ("the network file", file), ("--weights", weights));

            NetworkSpec spec = NetworkFile.Read(file);
            List<string> report = [];
            PyTorchImport import;
            try
            {
                import = new PyTorchImport(spec, weights, report);
            }
            finally
            {
                foreach (string line in report)
                    Terminal.Output.WriteLine(line);
            }

            bool isSaved = OutputFile.Save(output, path => ParameterFile.Save(path, spec, import.Parameters));
            Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spec.ParameterCount} parameters written to {output}"));
            return isSaved ? ExitCode.Success : ExitCode.Failure;
        });
}
