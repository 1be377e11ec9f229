using System.Globalization;
using System.Text;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
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
    /// <summary>Writes a network as source code of another language.</summary>
    /// <param name="language">The language: <c>c</c>.</param>
    /// <param name="network">The network's name or its file.</param>
    /// <param name="weights">Its weights; none where the device finds its own.</param>
    /// <param name="output">The folder that gets the files.</param>
    /// <param name="batch">The most samples of a training step.</param>
    /// <param name="rule">The update rule, or none.</param>
    /// <param name="prefix">What names in the code begin with.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? language = null, [Argument] string? network = null, string? weights = null, string? output = null,
        [Batch] int? batch = null, [ExportRuleArgument] ExportRule rule = default, string? prefix = null)
        => Command.Run(() =>
        {
            if (language is null || network is null || output is null)
                throw new UsageException($"export needs a language, a network and a folder; see {Application.Program.Name} export --help");
            if (language != "c")
                throw new UsageException($"there is no language '{language}'; use c");

            NetworkSpec spec = NetworkFile.IsFile(network) ? NetworkFile.Read(network) : NetworkSpec.Parse(NetworkCatalog.Find(network).Network.Json);
            CExport export = Describe(network, spec, weights, batch, rule, prefix);
            OutputFile.CreateFolder(output);
            (string Path, string Text)[] files = [.. CFiles.Write(export).Select(file => (Path.Combine(output, file.Name), file.Text))];
            OutputFile.Check(files.Select(static file => ((string)"--output", (string?)file.Path)), ("the network file", NetworkFile.IsFile(network) ? network : null), ("--weights", weights));
            bool isSaved = true;
            foreach ((string path, string text) in files)
            {
                isSaved &= OutputFile.Save(path, place => AtomicFile.Write(place, Encoding.UTF8.GetBytes(text)));
                Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {text.Length} bytes"));
            }

            return isSaved ? ExitCode.Success : ExitCode.Failure;
        });

    private static CExport Describe(string network, NetworkSpec spec, string? weights, int? batch, ExportRule rule, string? prefix)
    {
        UpdateRuleSpec? chosen = rule.IsNone || (spec.Loss is null && rule.Kind is null)
            ? null
            : new TrainingDefaults(spec.Training).RuleOf(rule.Kind, learningRate: null, weightDecay: null);
        if (chosen is not null && spec.Loss is null)
            throw new UsageException($"{network} has no loss and cannot train; leave out --rule");
        if (chosen is null && weights is null)
            throw new UsageException("a device that does not train needs --weights FILE");

        if (chosen is not null && batch < spec.LeastSamples)
            throw new UsageException($"{network} has a batchNorm, which of one sample sees one value a channel: --batch must be at least {spec.LeastSamples}");

        Compiler.Planning.Program program = Planner.Create(batch is { } most ? spec with { BatchSize = most } : spec, Target.Scalar);
        if (CFiles.FirstUnknown(program) is { } unknown)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{network}: layer {unknown.Spec.Index}, {unknown.Spec.Type}, has no C code yet"));
        if (ProgramCost.Lines(program).FirstOrDefault(static line => line.IsExceeded) is { } exceeded)
            throw new DataFormatException($"{network}: {ProgramCost.Describe(exceeded)}");
        return new CExport(Prefix(prefix, network), Path.GetFileName(network), program, chosen, Load(weights, spec), NetworkFingerprint.Of(spec));
    }

    private static float[]? Load(string? weights, NetworkSpec spec)
    {
        if (weights is null)
            return null;

        float[] parameters = new float[spec.ParameterCount];
        ParameterFile.Load(weights, spec, parameters);
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
