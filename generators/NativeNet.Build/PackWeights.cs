using System.Globalization;
using Microsoft.Build.Framework;
using NativeNet.Compiler;
using NativeNet.Compiler.Emit;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Weights;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Build;

/// <summary>Puts the weights that a project's <c>[Network]</c> attributes name into its code, before it is compiled.</summary>
/// <remarks>
/// A generator cannot read binary files. This task reads and packs them, and tells the generator, which knows the places in
/// the code, what became of each; it reports nothing itself. Where nothing has changed it writes nothing, so nothing is
/// compiled again.
/// </remarks>
public sealed class PackWeights : ITask
{
    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <summary>The project's C# files.</summary>
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The project's additional files, of which those that end in <c>.nn.json</c> are networks.</summary>
    [Required]
    public ITaskItem[] NetworkFiles { get; set; } = [];

    /// <summary>The files that may be named as weights.</summary>
    public ITaskItem[] WeightsFiles { get; set; } = [];

    /// <summary>The C# file to write; deleted where no weights are packed.</summary>
    [Required]
    public string Code { get; set; } = "";

    /// <summary>The index to write for the generator; deleted where no attribute names weights.</summary>
    [Required]
    public string Index { get; set; } = "";

    /// <inheritdoc/>
    public bool Execute()
    {
        WeightsPair[] pairs = [.. Sources.Select(static source => source.GetMetadata("FullPath")).Where(File.Exists)
            .SelectMany(static path => AttributeScan.Find(File.ReadAllText(path))).Distinct()
            .OrderBy(static pair => pair.Network, StringComparer.Ordinal).ThenBy(static pair => pair.Weights, StringComparer.Ordinal)];
        if (pairs.Length == 0)
        {
            File.Delete(Index);
            File.Delete(Code);
            return true;
        }

        (WeightsPair Pair, ITaskItem[] Networks, ITaskItem[] Files)[] found =
            [.. pairs.Select(pair => (pair, Named(NetworkFiles, pair.Network), Named(WeightsFiles, pair.Weights)))];
        string key = string.Join("|", found.SelectMany(static pair => pair.Networks.Concat(pair.Files)).Select(StampOf)
            .Concat(pairs.Select(static pair => pair.ClassName)).Append(typeof(PackWeights).Module.ModuleVersionId.ToString()));
        if (File.Exists(Index) && WeightsIndex.KeyOf(File.ReadAllText(Index)) == key)
            return true;

        SourceWriter code = WeightsCode.Begin();
        var entries = new List<WeightsEntry>();
        foreach ((WeightsPair pair, ITaskItem[] networks, ITaskItem[] files) in found)
            entries.Add(Pack(pair, networks, files, code));

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Index))!);
        if (entries.Exists(static entry => entry.State == WeightsState.Packed))
            File.WriteAllText(Code, code.ToString());
        else
            File.Delete(Code);
        File.WriteAllText(Index, WeightsIndex.Write(key, entries));
        return true;
    }

    /// <summary>Packs the weights of a pair.</summary>
    /// <returns>What became of them; where the network file itself is wrong the generator tells of that.</returns>
    private static WeightsEntry Pack(WeightsPair pair, ITaskItem[] networks, ITaskItem[] files, SourceWriter code)
    {
        if (files.Length != 1)
        {
            return files.Length == 0
                ? new WeightsEntry(pair, WeightsState.Missing)
                : new WeightsEntry(pair, WeightsState.Wrong, $"several files end in '{pair.Weights}': {string.Join(", ", files.Select(static file => file.ItemSpec))}; name more of the path");
        }

        try
        {
            if (networks.Length != 1 || NetworkParser.Parse(File.ReadAllText(PathOf(networks[0]))).Spec is not { } spec)
                return new WeightsEntry(pair, WeightsState.Missing);

            WeightsCode.Write(code, pair, WeightsFile.Read(PathOf(files[0]), ProjectPath.Normalize(files[0].ItemSpec), spec));
            return new WeightsEntry(pair, WeightsState.Packed);
        }
        catch (Exception exception) when (exception is StorageFormatException or IOException or UnauthorizedAccessException)
        {
            return new WeightsEntry(pair, WeightsState.Wrong, Excerpt.OfMessage(exception.Message));
        }
    }

    private static ITaskItem[] Named(ITaskItem[] files, string name)
        => [.. files.Where(file => ProjectPath.IsNamed(ProjectPath.Normalize(PathOf(file)), name)).GroupBy(PathOf).Select(static same => same.First())];

    private static string PathOf(ITaskItem file) => file.GetMetadata("FullPath");

    private static string StampOf(ITaskItem file)
    {
        var status = new FileInfo(PathOf(file));
        return status.Exists
            ? string.Format(CultureInfo.InvariantCulture, "{0}:{1}:{2}", status.FullName, status.Length, status.LastWriteTimeUtc.Ticks)
            : status.FullName;
    }
}
