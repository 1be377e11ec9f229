using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>The three things to say about a run: which mistakes, which files, which steps.</summary>
internal static class Verify
{
    /// <summary>
    /// Expects exactly the marked mistakes, at the marked places, and no error of the compiler beside them.
    /// </summary>
    /// <param name="source">C#, with «marks» around what mistakes underline.</param>
    /// <param name="files">Network files, marked likewise.</param>
    /// <param name="expectedIds">The number of each mistake: those in C# first, then those in files, each in order of the text.</param>
    public static IReadOnlyList<Diagnostic> Diagnostics(
        string source, (string Name, string Text)[] files, params string[] expectedIds)
    {
        (string code, IEnumerable<(string Path, TextSpan Span)> expected) = Unmark(TestCompilation.Parse("", 0).FilePath, source);
        var texts = new List<(string, string)>();
        foreach ((string name, string text) in files)
        {
            (string plain, IEnumerable<(string Path, TextSpan Span)> marks) = Unmark(GeneratorRun.ToPath(name), text);
            texts.Add((name, plain));
            expected = expected.Concat(marks);
        }

        GeneratorRun run = GeneratorRun.Of([code], [.. texts]);
        List<(string Path, TextSpan Span)> places = [.. expected];
        Diagnostic[] found = [.. run.Result.Diagnostics.OrderBy(diagnostic => places.FindIndex(place => place.Span == diagnostic.Location.SourceSpan))];

        Assert.Equal(expectedIds, found.Select(static diagnostic => diagnostic.Id));
        Assert.Equal(places, found.Select(static d => (d.Location.GetLineSpan().Path, d.Location.SourceSpan)));
        Assert.All(found, static diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        Assert.Empty(run.CompilerErrors());
        return found;
    }

    /// <summary>Expects generated files of these names, no mistakes, and code that compiles without a warning.</summary>
    public static GeneratorRun Sources(GeneratorRun run, params string[] expectedNames)
    {
        Assert.Empty(run.Result.Diagnostics);
        Assert.Equal(expectedNames, run.Result.GeneratedSources.Select(static file => file.HintName));
        Compiles(run);
        return run;
    }

    /// <summary>Expects no error and no warning of the compiler's.</summary>
    public static void Compiles(GeneratorRun run)
    {
        IReadOnlyList<string> errors = run.CompilerErrors();
        Assert.True(errors.Count == 0, string.Join("\n", errors.Take(20)));
    }

    /// <summary>Expects a step's values to be what they are for these reasons, in order.</summary>
    public static void IncrementalSteps(GeneratorRun run, string step, params IncrementalStepRunReason[] expected)
        => Assert.Equal(expected, run.Reasons(step));

    private static (string Text, IEnumerable<(string Path, TextSpan Span)> Marks) Unmark(string path, string marked)
    {
        string[] parts = marked.Split('«', '»');
        var marks = new List<(string, TextSpan)>();
        int position = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
                marks.Add((path, new TextSpan(position, parts[i].Length)));
            position += parts[i].Length;
        }

        return (string.Concat(parts), marks);
    }
}
