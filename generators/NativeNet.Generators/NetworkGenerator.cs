using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;
using NativeNet.Generators.Emit;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators;

/// <summary>
/// Fills every struct marked <c>[Network("file.nn.json")]</c> with the network that the file describes.
/// </summary>
/// <remarks>
/// Files and structs are read apart and meet once. Errors leave the pipeline with their places; what is left to emit has
/// none, so moving text re-reports errors and only a change of meaning emits again.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkFile> files = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(".nn.json", StringComparison.OrdinalIgnoreCase))
            .Select(static (text, cancellation) => NetworkFiles.Read(text, cancellation))
            .WithTrackingName(TrackingNames.Files);

        IncrementalValuesProvider<TargetRequest> requests = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "NativeNet.NetworkAttribute",
                static (node, _) => node is StructDeclarationSyntax or RecordDeclarationSyntax,
                static (attribute, _) => TargetReader.Read(attribute))
            .WithTrackingName(TrackingNames.Targets);

        IncrementalValuesProvider<NetworkModel> networks = requests
            .Combine(files.Collect())
            .Select(static (pair, _) => NetworkFiles.Match(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Networks);

        context.RegisterSourceOutput(files, static (output, file) => NetworkFiles.Report(output, file));
        context.RegisterSourceOutput(networks.SelectMany(static (model, _) => model.Errors), static (output, error)
            => output.ReportDiagnostic(error.ToDiagnostic()));
        context.RegisterSourceOutput(networks.Select(static (model, _) => model.Source), static (output, source)
            => Emit(output, source));
    }

    private static void Emit(SourceProductionContext output, NetworkSource source)
    {
        if (source.Target is not { } target)
            return;

        IEnumerable<(string Name, string Text)> files = source.Spec is { } spec
            ? NetworkEmitter.Emit(target, Planner.Create(spec))
            : [NetworkEmitter.EmitPlaceholder(target)];
        foreach ((string name, string text) in files)
            output.AddSource(name, SourceText.From(text, System.Text.Encoding.UTF8));
    }
}
