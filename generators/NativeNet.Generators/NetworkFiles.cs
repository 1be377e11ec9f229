using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Compiler;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Planning.Budgets;
using NativeNet.Compiler.Weights;
using NativeNet.Description;
using NativeNet.Description.Validation;
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
            ProjectPath.Normalize(file.Path),
            result.Spec,
            new(
            [
                .. result.Diagnostics.Select(error => new LocatedDiagnostic(error.Id, TextLocation.Of(file.Path, text, error.Span), error.Arguments)),
                .. Exceeded(file.Path, text, result.Spec),
            ]));
    }

    /// <summary>The bounds of a file's budget that its code would exceed. Only a file that sets any is planned for it.</summary>
    private static IEnumerable<LocatedDiagnostic> Exceeded(string path, SourceText text, NetworkSpec? spec)
        => spec?.Budget is null
            ? []
            : ProgramCost.Lines(Planner.Create(spec, Target.Simd)).Where(static line => line.IsExceeded).Select(line => new LocatedDiagnostic(
                Descriptors.BudgetExceeded.Id, TextLocation.Of(path, text, BudgetSection.SpanOf(text.ToString(), line.Key)), new([ProgramCost.Describe(line)])));

    /// <summary>Joins a struct with its file.</summary>
    /// <param name="request">The struct.</param>
    /// <param name="files">The files of the project.</param>
    /// <param name="requests">All structs that ask for a network.</param>
    /// <param name="weights">What the build made of files of weights.</param>
    public static NetworkModel Match(
        DeclarationRequest request, ImmutableArray<NetworkFile> files, ImmutableArray<DeclarationRequest> requests, EquatableArray<WeightsEntry> weights)
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

        NetworkSpec? spec = matches.Length == 1 ? matches[0].Spec : null;
        WeightsEntry? entry = null;
        if (target.Weights is { } named && spec is not null)
        {
            entry = weights.FirstOrDefault(any => any.Pair == new WeightsPair(target.File, named.File));
            errors = entry switch
            {
                null => One(Descriptors.WeightsNotPrepared, named.File),
                { State: WeightsState.Missing } => new([new LocatedDiagnostic(Descriptors.WeightsMissing.Id, request.Location, new([named.File, target.Name]))]),
                { State: WeightsState.Wrong } => new([new LocatedDiagnostic(Descriptors.WeightsWrong.Id, request.Location, new([entry.Problem]))]),
                _ => errors,
            };
        }

        return new NetworkModel(
            new NetworkSource(
                target with { Twin = request.CountTwins(requests), Weights = target.Weights is { } file ? file with { IsPacked = entry?.State == WeightsState.Packed } : null },
                spec),
            errors);

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
