using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Interchange;
using NativeNet.Program.Interchange.Onnx;
using NativeNet.Program.Networks;
using NativeNet.Program.Training;
using NativeNet.Compiler;
using NativeNet.Compiler.Emit.C;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Planning.Budgets;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Writes a network for other programs: as source code, as a state dict, as a graph.</summary>
    /// <param name="format">The form: <c>c</c>, <c>pytorch</c> or <c>onnx</c>.</param>
    /// <param name="network">The network's name or its file.</param>
    /// <param name="weights">Its weights; none where a device finds its own.</param>
    /// <param name="layout">What weights are taken for that do not say in which order they lie.</param>
    /// <param name="output">The folder or file that gets the result.</param>
    /// <param name="batch">The most samples of a training step.</param>
    /// <param name="rule">The update rule, or none.</param>
    /// <param name="prefix">What names in the code begin with.</param>
    /// <param name="images">In which order the axes of images enter and leave a graph.</param>
    /// <param name="training">What of training a graph holds.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? format = null, [Argument] string? network = null, string? weights = null,
        [Layout] ParameterOrder layout = ParameterOrder.Stated, string? output = null,
        [Batch] int? batch = null, [ExportRuleArgument] ExportRule rule = default, string? prefix = null,
        [Images] ImageOrder? images = null, string? training = null)
        => Command.Run(() =>
        {
            if (format is null || network is null || output is null)
                throw new UsageException($"export needs c, pytorch or onnx, a network and --output; see {Application.Program.Name} export --help");
            if (format is not ("c" or "pytorch" or "onnx"))
                throw new UsageException($"there is no format '{format}'; use c, pytorch or onnx");
            if (format != "c" && (batch ?? (object?)prefix ?? rule.Kind) is not null)
                throw new UsageException("--batch, --prefix and --rule are for c; leave them out");
            if (format != "onnx" && (images ?? (object?)training) is not null)
                throw new UsageException("--images and --training are for onnx; leave them out");
            if (training is not (null or "none"))
                throw new UsageException($"a graph holds predictions alone: --training is none, not '{training}'");

            NetworkSpec spec = NetworkFile.IsFile(network) ? NetworkFile.Read(network) : NetworkSpec.Parse(NetworkCatalog.Find(network).Network.Json);
            if (format == "c")
                return ExportC(network, spec, weights, layout, output, batch, rule, prefix);
            if (weights is null)
                throw new UsageException($"export {format} needs --weights FILE, which {Application.Program.Name} train --output FILE writes");

            OutputFile.Check([("--output", output)], ("the network file", NetworkFile.IsFile(network) ? network : null), ("--weights", weights));
            float[] parameters = Load(weights, spec, layout)!;
            return format == "pytorch" ? ExportPyTorch(spec, parameters, output) : ExportOnnx(network, spec, parameters, output, images == ImageOrder.Nhwc);
        });

    private static int ExportC(
        string network, NetworkSpec spec, string? weights, ParameterOrder layout, string output, int? batch, ExportRule rule, string? prefix)
    {
        CExport export = Describe(network, spec, Load(weights, spec, layout), batch, rule, prefix);
        OutputFile.CreateFolder(output);
        (string Path, byte[] Content)[] files = [.. CFiles.Write(export).Select(file => (Path.Combine(output, file.Name), file.Content))];
        OutputFile.Check(files.Select(static file => ((string)"--output", (string?)file.Path)), ("the network file", NetworkFile.IsFile(network) ? network : null), ("--weights", weights));
        bool isSaved = true;
        foreach ((string path, byte[] content) in files)
        {
            isSaved &= OutputFile.Save(path, place => AtomicFile.Write(place, content));
            Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {content.Length} bytes"));
        }

        return isSaved ? ExitCode.Success : ExitCode.Failure;
    }

    private static int ExportPyTorch(NetworkSpec spec, float[] parameters, string output)
    {
        List<string> report = [];
        IReadOnlyList<SafetensorsTensor> tensors = PyTorchExport.Of(spec, parameters, report);
        foreach (string line in report)
            Terminal.Output.WriteLine(line);
        bool isSaved = OutputFile.Save(output, path => SafetensorsFile.Write(path, tensors, PyTorchExport.Metadata));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spec.ParameterCount} parameters written to {output}"));
        return isSaved ? ExitCode.Success : ExitCode.Failure;
    }

    private static int ExportOnnx(string network, NetworkSpec spec, float[] parameters, string output, bool isChannelsLast)
    {
        OnnxModel model = OnnxExport.Of(spec, parameters, isChannelsFirst: !isChannelsLast);
        ReadOnlyMemory<byte> bytes = OnnxWriter.Write(model, Path.GetFileName(network), Application.Version);
        bool isSaved = OutputFile.Save(output, path => AtomicFile.Write(path, bytes.Span));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Nodes.Length} nodes of version {model.Opset} written to {output}; scores are as they leave the last layer, before the softmax or sigmoid of a loss"));
        return isSaved ? ExitCode.Success : ExitCode.Failure;
    }

    private static CExport Describe(string network, NetworkSpec spec, float[]? weights, int? batch, ExportRule rule, string? prefix)
    {
        UpdateRuleSpec? chosen = rule.IsNone || (spec.Loss is null && rule.Kind is null)
            ? null
            : new TrainingDefaults(spec.Training).RuleOf(rule.Kind, learningRate: null, weightDecay: null);
        if (chosen is not null && spec.Loss is null)
            throw new UsageException($"{network} has no loss and cannot train; leave out --rule");
        if (chosen is null && weights is null)
            throw new UsageException("a device that does not train needs --weights FILE");

        if (chosen is not null && weights is null && spec.Layers.Any(static layer => layer.Parameters.Any(layer.IsFrozen)))
            throw new UsageException($"{network} has frozen layers, whose weights a device cannot find itself: it needs --weights FILE");

        if (chosen is not null && batch < spec.LeastSamples)
            throw new UsageException($"{network} has a batchNorm, which of one sample sees one value a channel: --batch must be at least {spec.LeastSamples}");

        Compiler.Planning.Program program = Planner.Create(batch is { } most ? spec with { BatchSize = most } : spec, Target.Scalar);
        if (CFiles.FirstUnknown(program) is { } unknown)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{network}: layer {unknown.Spec.Index}, {unknown.Spec.Type}, has no C code yet"));
        if (ProgramCost.Lines(program).FirstOrDefault(static line => line.IsExceeded) is { } exceeded)
            throw new DataFormatException($"{network}: {ProgramCost.Describe(exceeded)}");
        return new CExport(Prefix(prefix, network), Path.GetFileName(network), program, chosen, weights, NetworkFingerprint.Of(spec));
    }

    private static float[]? Load(string? weights, NetworkSpec spec, ParameterOrder layout)
    {
        if (weights is null)
            return null;

        float[] parameters = new float[spec.ParameterCount];
        GivenWeights.Load(weights, spec, parameters, layout);
        return parameters.All(float.IsFinite)
            ? parameters
            : throw new DataFormatException($"{weights}: has values that are not numbers; they are those of a run that broke down");
    }

    /// <summary>The name of the file, as an identifier, where the user gives none.</summary>
    private static string Prefix(string? prefix, string network)
    {
        if (prefix is null)
        {
            string name = Path.GetFileName(network).Split('.')[0];
            prefix = new string([.. name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
            prefix = prefix.Length == 0 || char.IsAsciiDigit(prefix[0]) ? "net_" + prefix : prefix;
        }

        bool isIdentifier = prefix.Length <= 40 && char.IsAsciiLetterLower(prefix[0]) && prefix.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        return isIdentifier
            ? prefix
            : throw new UsageException($"--prefix must be lowercase letters, digits and _, at most 40, a letter first, not '{prefix}'");
    }
}
