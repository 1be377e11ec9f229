using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>Reads network files, reports what is wrong with them, and finds the one that a struct asks for.</summary>
internal static class NetworkFiles
{
    public static NetworkFile Read(AdditionalText text, CancellationToken cancellation)
    {
        string content = text.GetText(cancellation)?.ToString() ?? "";
        return new NetworkFile(NetworkFile.Normalize(text.Path), NetworkParser.Parse(content));
    }

    public static void Report(SourceProductionContext output, NetworkFile file)
    {
        foreach (NetworkDiagnostic error in file.Result.Diagnostics)
        {
            var start = new LinePosition(error.Line - 1, error.Column - 1);
            var end = new LinePosition(error.Line - 1, error.Column - 1 + error.Span.Length);
            var location = Location.Create(file.Path, new TextSpan(error.Span.Start, error.Span.Length), new LinePositionSpan(start, end));
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.Find(error.Id), location, [.. error.Arguments]));
        }
    }

    public static NetworkModel Match(TargetRequest request, ImmutableArray<NetworkFile> files)
    {
        if (request.Target is not { } target)
            return new NetworkModel(new NetworkSource(null, null), request.Errors);

        NetworkFile[] matches = [.. files.Where(file => file.IsNamed(target.File)).OrderBy(static file => file.Path, StringComparer.Ordinal)];
        EquatableArray<TargetDiagnostic> errors = matches.Length switch
        {
            0 => One(new TargetDiagnostic(Descriptors.FileNotFound.Id, request.Location, target.File, Remedy(files))),
            1 => default,
            _ => One(new TargetDiagnostic(Descriptors.FileAmbiguous.Id, request.Location, target.File, string.Join(", ", matches.Select(static file => file.Path)))),
        };

        return new NetworkModel(new NetworkSource(target, matches.Length == 1 ? matches[0].Result.Spec : null), errors);
    }

    private static EquatableArray<TargetDiagnostic> One(TargetDiagnostic error) => new([error]);

    private static string Remedy(ImmutableArray<NetworkFile> files)
    {
        if (files.IsEmpty)
            return "add it as <AdditionalFiles Include=\"…\" /> (a file that ends in .nn.json in the project's folder is added by itself)";

        string names = string.Join(", ", files.Select(static file => file.Path.Substring(file.Path.LastIndexOf('/') + 1)).OrderBy(static name => name, StringComparer.Ordinal).Take(5));
        return $"the project has {names}";
    }
}
