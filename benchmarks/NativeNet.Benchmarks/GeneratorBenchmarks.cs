extern alias Generator;

using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetworkGenerator = Generator::NativeNet.Generators.NetworkGenerator;

namespace NativeNet.Benchmarks;

/// <summary>What the generator costs a build, and an editor at every key press.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private const string Source = """
        namespace Consumer;

        [NativeNet.Network("network.nn.json")]
        public readonly partial struct Network;
        """;

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private MemoryText _file = null!;
    private MemoryText _movedFile = null!;
    private GeneratorDriver _warm = null!;

    /// <summary>The dense layers of the network: 2 are those of models/digits.nn.json.</summary>
    [Params(2, 20)]
    public int Layers { get; set; }

    /// <summary>Compiles nothing yet, but runs the generator once.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _compilation = CSharpCompilation.Create(
            "Consumer", [CSharpSyntaxTree.ParseText(Source)], References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _edited = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;"));
        _file = new MemoryText("/project/network.nn.json", Json(Layers));
        _movedFile = new MemoryText(_file.Path, "\n" + Json(Layers));
        _warm = CreateDriver().RunGenerators(_compilation);
        if (_warm.GetRunResult() is not { Diagnostics.Length: 0, GeneratedTrees.Length: > 0 })
            throw new InvalidOperationException("The generator did not generate the network.");
    }

    /// <summary>A build: everything from the start.</summary>
    [Benchmark(Baseline = true)]
    public GeneratorDriver Cold() => CreateDriver().RunGenerators(_compilation);

    /// <summary>An edit of C# that has nothing to do with networks: all is in the cache.</summary>
    [Benchmark]
    public GeneratorDriver AfterUnrelatedEdit() => _warm.RunGenerators(_edited);

    /// <summary>The network file's text has moved but means the same: it is parsed, and nothing is generated.</summary>
    [Benchmark]
    public GeneratorDriver AfterMovedText() => _warm.ReplaceAdditionalText(_file, _movedFile).RunGenerators(_compilation);

    private CSharpGeneratorDriver CreateDriver()
        => CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], [_file]);

    private static IEnumerable<MetadataReference> References()
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "NativeNet.dll")
            .Select(static path => MetadataReference.CreateFromFile(path));

    private static string Json(int layers) => $$"""
        {
          "input": [8, 8, 1],
          "layers": [
            { "type": "flatten" },
            {{string.Concat(Enumerable.Repeat("""{ "type": "dense", "units": 32, "activation": "relu" },""" + "\n    ", layers - 1))}}{ "type": "dense", "units": 10 }
          ],
          "loss": "softmaxCrossEntropy",
          "batchSize": 32
        }
        """;
}
