using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>Reads network files, and finds the one that a struct asks for.</summary>
internal static class NetworkFiles
{
    public static NetworkFile Read(AdditionalText file, CancellationToken cancellation)
    {
        // A file that cannot be read has no text; the compiler says so itself.
        SourceText text = file.GetText(cancellation) ?? SourceText.From("");
        NetworkParseResult result = NetworkParser.Parse(text.ToString());
        return new NetworkFile(
            NetworkFile.Normalize(file.Path),
            result.Spec,
            new([.. result.Diagnostics.Select(error => new LocatedDiagnostic(error.Id, TextLocation.Of(file.Path, text, error.Span), error.Arguments))]));
    }

    /// <summary>Joins a struct with its file.</summary>
    /// <param name="request">The struct.</param>
    /// <param name="files">The files of the project.</param>
    /// <param name="requests">All structs that ask for a network.</param>
    public static NetworkModel Match(DeclarationRequest request, ImmutableArray<NetworkFile> files, ImmutableArray<DeclarationRequest> requests)
    {
        if (request.Target is not { } target)
            return new NetworkModel(new NetworkSource(null, null), request.Errors);

        // A file that is in the project twice is still one.
        NetworkFile[] matches = [.. files.Where(file => file.IsNamed(target.File)).Distinct().OrderBy(static file => file.Path, StringComparer.Ordinal)];
        EquatableArray<LocatedDiagnostic> errors = matches.Length switch
        {
            0 => One(Descriptors.FileNotFound, Remedy(files)),
            1 => default,
            _ => One(Descriptors.FileAmbiguous, string.Join(", ", matches.Select(static file => file.Path))),
        };

        return new NetworkModel(
            new NetworkSource(target with { Twin = request.CountTwins(requests) }, matches.Length == 1 ? matches[0].Spec : null), errors);

        EquatableArray<LocatedDiagnostic> One(DiagnosticDescriptor descriptor, string argument)
            => new([new LocatedDiagnostic(descriptor.Id, request.Location, new([target.File, argument]))]);
    }

    private static string Remedy(ImmutableArray<NetworkFile> files)
    {
        if (files.IsEmpty)
            return "add it as <AdditionalFiles Include=\"…\" /> (a file that ends in .nn.json in the project's folder is added by itself)";

        string names = string.Join(", ", files.Select(static file => file.Path.Substring(file.Path.LastIndexOf('/') + 1)).OrderBy(static name => name, StringComparer.Ordinal).Take(5));
        return $"the project has {names}";
    }
}
