using System.Globalization;
using System.Text;
using ConsoleAppFramework;
using NativeNet.Description;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Interchange;
using NativeNet.Program.Interchange.Onnx;
using NativeNet.Program.Networks;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Brings over the weights of a model that was trained elsewhere.</summary>
    /// <param name="from">Where they come from: pytorch or onnx.</param>
    /// <param name="file">The network's description, or the ONNX file.</param>
    /// <param name="weights">The weights as they are there.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="check">Samples with what the ONNX file gives for them.</param>
    /// <returns>The exit code.</returns>
    public static int Run([Argument] string? from = null, [Argument] string? file = null, string? weights = null, string? output = null, string? check = null)
        => Command.Run(() => from switch
        {
            "pytorch" => ImportPyTorch(file, weights, output, check),
            "onnx" => ImportOnnx(file, weights, output, check),
            null => throw new UsageException($"import needs pytorch, a network file, --weights FILE and --output FILE, or onnx, an ONNX file and --output FOLDER; see {Application.Program.Name} import --help"),
            _ => throw new UsageException($"import knows no '{from}'; there is pytorch and there is onnx"),
        });

    private static int ImportPyTorch(string? file, string? weights, string? output, string? check)
    {
        if (file is null || weights is null || output is null)
            throw new UsageException($"import needs pytorch, a network file, --weights FILE and --output FILE; see {Application.Program.Name} import --help");
        if (check is not null)
            throw new UsageException("--check is for onnx; leave it out");
        OutputFile.Check([("--output", output)], ("the network file", file), ("--weights", weights));

        NetworkSpec spec = NetworkFile.Read(file);
        List<string> report = [];
        PyTorchImport import;
        try
        {
            import = new PyTorchImport(spec, weights, report);
        }
        catch (StorageFormatException)
        {
            ForeignFormat.Refuse(weights, "safetensors");
            throw;
        }
        finally
        {
            foreach (string line in report)
                Terminal.Output.WriteLine(line);
        }

        bool isSaved = OutputFile.Save(output, path => ParameterFile.Save(path, spec, import.Parameters));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spec.ParameterCount} parameters written to {output}"));
        return isSaved ? ExitCode.Success : ExitCode.Failure;
    }

    private static int ImportOnnx(string? file, string? weights, string? output, string? check)
    {
        if (file is null || output is null)
            throw new UsageException($"import needs onnx, an ONNX file and --output FOLDER; see {Application.Program.Name} import --help");
        if (weights is not null)
            throw new UsageException("--weights is for pytorch; an ONNX file has its own: leave it out");

        OnnxImport import;
        try
        {
            import = OnnxImport.Read(file);
        }
        catch (StorageFormatException)
        {
            ForeignFormat.Refuse(file, "ONNX");
            throw;
        }

        OutputFile.CreateFolder(output);
        string name = Path.GetFileNameWithoutExtension(file);
        string network = Path.Combine(output, name + ".nn.json"), parameters = Path.Combine(output, name + ".safetensors");
        OutputFile.Check([("--output", network), ("--output", parameters)], ("the ONNX file", file), ("--check", check));

        foreach (string line in import.Report)
            Terminal.Output.WriteLine(line);
        Terminal.Output.WriteLine($"samples are {import.Spec.Input}, {(import.Input.Positions() is null ? "their elements in the order of the graph's input" : "the channels of the graph's input, its axis 1, last")}");
        bool isSaved = OutputFile.Save(network, path => AtomicFile.Write(path, Encoding.UTF8.GetBytes(NetworkJson.WriteFile(import.Spec))));
        isSaved &= OutputFile.Save(parameters, path => ParameterFile.Save(path, import.Spec, import.Parameters));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{import.Spec.Layers.Count} layers written to {network}, {import.Spec.ParameterCount} parameters to {parameters}"));
        return (check is null || Check(import, check)) && isSaved ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool Check(OnnxImport import, string samples)
    {
        var check = new OnnxCheck(import);
        (int count, double difference) = check.Run(samples);
        string result = string.Create(CultureInfo.InvariantCulture, $"{count} samples of {samples}: the largest difference is {difference:G3} of the largest value");
        if (difference <= check.Tolerance)
        {
            Terminal.Output.WriteLine(result);
            return true;
        }

        Terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"{result}; roundings explain {check.Tolerance:G3}"));
        return false;
    }
}
