using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Pipeline;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Emit;

/// <summary>What generated code says of itself is what its file says.</summary>
public sealed class DescriptionTests
{
    private const string Section = "\"epochs\": 7, \"learningRate\": 0.1, \"weightDecay\": 0.25, \"warmup\": 2";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Sections =>
    [
        "\"rule\": \"sgd\"",
        "\"rule\": \"momentum\", \"momentum\": 0.75, \"schedule\": { \"type\": \"constant\" }",
        "\"rule\": \"nesterov\", \"schedule\": { \"type\": \"step\", \"decay\": 0.5, \"every\": 500 }",
        "\"rule\": \"adam\", \"schedule\": { \"type\": \"exponential\", \"decay\": 0.99 }",
        "\"rule\": \"adamW\", \"schedule\": { \"type\": \"inverseTime\", \"halving\": 500 }",
        "\"rule\": \"sgd\", \"schedule\": { \"type\": \"cosine\", \"epochs\": 90, \"floor\": 0.1 }",
        "\"rule\": \"sgd\", \"schedule\": { \"type\": \"plateau\", \"decay\": 0.1, \"patience\": 3, \"threshold\": 0.01, \"floor\": 0.001 }",
        "\"rule\": \"sgd\", \"schedule\": { \"type\": \"accuracy\", \"strength\": 0.5 }",
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_training_section_is_a_constant(string section)
    {
        NetworkSpec spec = NetworkSpec.Parse(
            $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 8, "training": { {{Section}}, {{section}} } }""");
        Type network = Compile(spec);

        Assert.NotNull(spec.Training);
        Assert.Equal(spec.Training, Value(network, "Training"));
        Assert.Equal(FingerprintOf(spec with { Training = null }), Value(network, "Fingerprint"));
    }

    [Theory]
    [InlineData("[3, 4, 2]", """{ "type": "conv2d", "filters": 33, "kernelSize": 3, "padding": "same" }, { "type": "batchNorm" }, { "type": "prelu" }, { "type": "flatten" }, { "type": "dense", "units": 5 }""")]
    [InlineData("[6, 2]", """{ "type": "conv1d", "filters": 3, "kernelSize": 2, "bias": false }, { "type": "flatten" }, { "type": "layerNorm" }, { "type": "dense", "units": 5 }""")]
    [InlineData("[70]", """{ "type": "dense", "units": 65 }, { "type": "dense", "units": 2 }""")]
    public void Tensors_and_shapes_are_constants(string input, string layers)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""{ "input": {{input}}, "layers": [{{layers}}], "loss": "meanSquaredError", "batchSize": 8 }""");
        Type network = Compile(spec);

        Assert.Equal(ParameterLayout.Create(spec, Target.Simd).Table, Value(network, "Tensors"));
        Assert.Same(Value(network, "Tensors"), Value(network, "Tensors"));
        Assert.Equal(spec.Input, Value(network, "InputShape"));
        Assert.Equal(spec, NetworkSpec.Parse((string)Value(network, "Json")!));
        Assert.Equal(FingerprintOf(spec), Value(network, "Fingerprint"));
        Assert.Null(Value(network, "Training"));
    }

    private static string FingerprintOf(NetworkSpec spec) => Sha256.HexOf(Encoding.UTF8.GetBytes(NetworkJson.Write(spec)));

    private static object? Value(Type network, string name) => network.GetProperty(name)!.GetValue(null);

    private static Type Compile(NetworkSpec spec)
    {
        var declaration = new NetworkDeclaration("", default, "partial struct N", "n.nn.json");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Network",
            NetworkEmitter.Emit(declaration, Planner.Create(spec, Target.Simd)).Select(static file => CSharpSyntaxTree.ParseText(file.Text)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(stream.ToArray()).GetType("N", throwOnError: true)!;
    }
}
