extern alias Library;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Compilations as strict as a consumer's can be: nullable, documented, every warning an error, no unsafe code.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    private static readonly Assembly Library = typeof(Library::NativeNet.INetwork).Assembly;

    /// <summary>The library, what it stands on, and nothing else: every further reference costs each test time.</summary>
    private static readonly MetadataReference[] References =
    [
        .. Library.GetReferencedAssemblies()
            .Select(static name => Assembly.Load(name))
            .Append(typeof(object).Assembly)
            .Append(Library)
            .Select(static assembly => MetadataReference.CreateFromFile(assembly.Location)),
    ];

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        generalDiagnosticOption: ReportDiagnostic.Error,
        nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Create(params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        sources.Select(static (source, i) => Parse(source, i)),
        References,
        Options);

    /// <summary>A file of the consumer's.</summary>
    public static SyntaxTree Parse(string source, int number)
        => CSharpSyntaxTree.ParseText(source, ParseOptions, path: $"/project/Source{number}.cs");
}
