using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Weights;
using NativeNet.Description;

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

        IncrementalValuesProvider<DeclarationRequest> requests = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "NativeNet.NetworkAttribute",
                static (node, _) => node is StructDeclarationSyntax || node.IsKind(SyntaxKind.RecordStructDeclaration),
                static (attribute, _) => DeclarationReader.Read(attribute))
            .WithTrackingName(TrackingNames.Targets);

        IncrementalValueProvider<EquatableArray<WeightsEntry>> weights = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(WeightsIndex.Extension, StringComparison.Ordinal))
            .Select(static (text, cancellation) => WeightsIndex.Read(text.GetText(cancellation)?.ToString() ?? ""))
            .Collect()
            .Select(static (indexes, _) => indexes.FirstOrDefault())
            .WithTrackingName(TrackingNames.Weights);

        IncrementalValuesProvider<NetworkModel> networks = requests
            .Combine(files.Collect().Combine(requests.Collect()).Combine(weights))
            .Select(static (pair, _) => NetworkFiles.Match(pair.Left, pair.Right.Left.Left, pair.Right.Left.Right, pair.Right.Right))
            .WithTrackingName(TrackingNames.Networks);

        context.RegisterSourceOutput(
            files.SelectMany(static (file, _) => file.Errors),
            static (output, error) => output.ReportDiagnostic(error.ToDiagnostic()));
        context.RegisterSourceOutput(
            networks.SelectMany(static (network, _) => network.Errors),
            static (output, error) => output.ReportDiagnostic(error.ToDiagnostic()));
        context.RegisterSourceOutput(
            networks.Select(static (network, _) => network.Source).WithTrackingName(TrackingNames.Sources),
            static (output, source) => Emit(output, source));
    }

    private static void Emit(SourceProductionContext output, NetworkSource source)
    {
        if (source.Target is not { } target)
            return;

        IEnumerable<(string Name, string Text)> files = source.Spec is { } spec
            ? NetworkEmitter.Emit(target, Planner.Create(spec, Target.Simd))
            : [NetworkEmitter.EmitPlaceholder(target)];
        foreach ((string name, string text) in files)
            output.AddSource(name, SourceText.From(text, Encoding.UTF8));
    }
}
