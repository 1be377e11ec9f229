using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>A compilation and network files, and what the generator made of them; edits give the next run of the same driver.</summary>
internal sealed class GeneratorRun
{
    private readonly CSharpCompilation _compilation;
    private readonly ImmutableArray<AdditionalText> _files;
    private readonly GeneratorDriver _driver;

    private GeneratorRun(CSharpCompilation compilation, ImmutableArray<AdditionalText> files, GeneratorDriver driver)
    {
        _compilation = compilation;
        _files = files;
        _driver = driver.RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, TestContext.Current.CancellationToken);
        Output = output;
        Result = Assert.Single(_driver.GetRunResult().Results);

        Assert.Null(Result.Exception);
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id is "CS8785" or "CS8784");
    }

    /// <summary>The consumer's code with the generated code.</summary>
    public Compilation Output { get; }

    /// <summary>Diagnostics, files and steps of the generator.</summary>
    public GeneratorRunResult Result { get; }

    public static GeneratorRun Of(string source, params (string Name, string Text)[] files) => Of([source], files);

    /// <param name="sources">The consumer's code, a file each.</param>
    /// <param name="files">Network files.</param>
    /// <param name="options">Changes the consumer's settings.</param>
    public static GeneratorRun Of(
        string[] sources, (string Name, string Text)[] files, Func<CSharpCompilationOptions, CSharpCompilationOptions>? options = null)
    {
        ImmutableArray<AdditionalText> texts = [.. files.Select(static file => ToText(file))];
        CSharpCompilation compilation = TestCompilation.Create(sources);
        return new GeneratorRun(options is null ? compilation : compilation.WithOptions(options(compilation.Options)), texts, CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            texts,
            TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)));
    }

    /// <summary>The next run, one file's text replaced.</summary>
    public GeneratorRun WithFile(string name, string text)
    {
        AdditionalText old = _files.Single(file => file.Path == ToPath(name));
        AdditionalText edited = ToText((name, text));
        return new GeneratorRun(_compilation, _files.Replace(old, edited), _driver.ReplaceAdditionalText(old, edited));
    }

    /// <summary>The next run, one of the consumer's sources replaced.</summary>
    public GeneratorRun WithSource(int number, string source)
    {
        CSharpCompilation edited = _compilation.ReplaceSyntaxTree(
            _compilation.SyntaxTrees[number], TestCompilation.Parse(source, number));
        return new GeneratorRun(edited, _files, _driver);
    }

    /// <summary>The next run without any edit, on an equal compilation that is another object.</summary>
    public GeneratorRun Again() => new(_compilation.Clone(), _files, _driver);

    /// <summary>Why each value of a step is what it is, in order.</summary>
    public IncrementalStepRunReason[] Reasons(string step)
        => [.. Result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason)];

    /// <summary>Errors and warnings of the whole output, as the compiler prints them.</summary>
    public IReadOnlyList<string> CompilerErrors()
        => [.. Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.ToString())];

    /// <summary>Loads the whole output and calls a static method without parameters.</summary>
    public T Call<T>(string type, string method)
    {
        using var image = new MemoryStream();
        Assert.Empty(Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return (T)assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, null)!;
    }

    /// <summary>The generated files as one text, each under its name.</summary>
    public string Text() => string.Concat(
        Result.GeneratedSources.Select(static source => $"==> {source.HintName}\n{source.SourceText}"));

    public static string ToPath(string name) => "/project/" + name;

    private static MemoryText ToText((string Name, string Text) file) => new(ToPath(file.Name), file.Text);
}
