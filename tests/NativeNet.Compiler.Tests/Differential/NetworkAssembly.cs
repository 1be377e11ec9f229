using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Several networks, emitted, compiled and loaded together: starting the compiler costs more than one of them.</summary>
internal sealed class NetworkAssembly : IDisposable
{
    private static readonly MetadataReference[] References =
    [
        .. typeof(INetwork).Assembly.GetReferencedAssemblies()
            .Select(static name => Assembly.Load(name))
            .Append(typeof(object).Assembly)
            .Append(typeof(INetwork).Assembly)
            .Select(static assembly => MetadataReference.CreateFromFile(assembly.Location)),
    ];

    /// <summary>Without what costs a fifth of the compiler's time and has no part in what is computed: comments on members, and (below) what may be null.</summary>
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);

    /// <summary>What the networks ask in place of the processor, so that one process runs every width: missing vectors .NET computes in halves.</summary>
    private const string VectorSwitch = """
        public static class VectorSwitch
        {
            public static int Bits;
            public static bool Has512 => Bits >= 512;
            public static bool Has256 => Bits >= 256;
        }
        """;

    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly Assembly _assembly;

    /// <param name="specs">The networks; each is known by its place.</param>
    /// <param name="edit">Changes the text of a file on its way to the compiler.</param>
    public NetworkAssembly(IReadOnlyList<NetworkSpec> specs, Func<string, string>? edit = null)
    {
        IEnumerable<SyntaxTree> trees = specs
            .SelectMany(static (spec, i) => Emit(spec, i))
            .Append(VectorSwitch)
            .AsParallel()
            .AsOrdered()
            .Select(text => CSharpSyntaxTree.ParseText((edit is null ? text : edit(text)).Replace("#nullable enable", "", StringComparison.Ordinal), ParseOptions));
        CSharpCompilation compilation = CSharpCompilation.Create("Networks", trees, References, Options);
        using var image = new MemoryStream();
        Diagnostic[] errors = [.. compilation.Emit(image).Diagnostics.Where(static found => found.Severity >= DiagnosticSeverity.Warning)];
        if (errors.Length > 0)
            throw new InvalidOperationException(string.Join("\n", errors.Take(10).Select(static error => error.ToString())));

        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>Has the networks run the kernels of a width from now on.</summary>
    /// <param name="bits">512, 256 or 128.</param>
    public void UseVectors(int bits) => _assembly.GetType("VectorSwitch", throwOnError: true)!.GetField("Bits")!.SetValue(null, bits);

    /// <summary>A network of the assembly.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="loss">Its loss, which decides the type of its targets.</param>
    public ComparedNetwork this[int index, LossKind loss] => ComparedNetwork.Of((PredictingNetwork)
        typeof(GeneratedNetwork<,>)
            .MakeGenericType(_assembly.GetType(Name(index), throwOnError: true)!, loss == LossKind.SoftmaxCrossEntropy ? typeof(int) : typeof(float))
            .GetProperty("Instance")!.GetValue(null)!);

    public void Dispose() => _context.Unload();

    /// <summary>The files of a network and the part that its user writes. The processor is asked in one place, which asks the test instead.</summary>
    private static IEnumerable<string> Emit(NetworkSpec spec, int index)
    {
        yield return $"public partial struct {Name(index)};";
        var target = new NetworkDeclaration("", default, "partial struct " + Name(index), "n.nn.json");
        int asked = 0;
        foreach ((_, string text) in NetworkEmitter.Emit(target, Planner.Create(spec, Target.Simd)))
        {
            string switched = text;
            foreach (int bits in (int[])[512, 256])
                switched = switched.Replace(Invariant($"(Vector{bits}.IsHardwareAccelerated)"), Invariant($"(global::VectorSwitch.Has{bits})"), StringComparison.Ordinal);
            if (switched != text)
                asked++;
            yield return switched;
        }

        if (asked != 1)
            throw new InvalidOperationException($"{asked} files ask for the processor's vectors, not one.");
    }

    private static string Name(int index) => Invariant($"N{index}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
