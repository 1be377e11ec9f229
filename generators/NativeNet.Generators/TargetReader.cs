using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>Reads the declaration of a struct that asks for a network.</summary>
internal static class TargetReader
{
    public static TargetRequest Read(GeneratorAttributeSyntaxContext context)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        string file = context.Attributes[0].ConstructorArguments.FirstOrDefault().Value as string ?? "";
        TextLocation attribute = TextLocation.Of(context.Attributes[0].ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : declaration.Identifier.GetLocation());
        TextLocation name = TextLocation.Of(declaration.Identifier.GetLocation());

        TypeDeclarationSyntax[] chain = [.. declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()];
        if (!chain.All(static type => type.Modifiers.Any(SyntaxKind.PartialKeyword)))
            return Refuse(Descriptors.NotPartial);
        if (chain.Any(static type => type.TypeParameterList is not null))
            return Refuse(Descriptors.Generic);

        string @namespace = symbol.ContainingNamespace.IsGlobalNamespace ? "" : symbol.ContainingNamespace.ToDisplayString();
        EquatableArray<string> containers = new([.. chain.Skip(1).Reverse().Select(Header)]);
        return new TargetRequest(new NetworkTarget(@namespace, containers, Header(declaration), file), attribute, default);

        TargetRequest Refuse(DiagnosticDescriptor descriptor)
            => new(null, attribute, new([new TargetDiagnostic(descriptor.Id, name, symbol.Name)]));
    }

    private static string Header(TypeDeclarationSyntax type)
    {
        string kind = type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? $"record {record.ClassOrStructKeyword.ValueText}"
            : type.Keyword.ValueText;
        return $"partial {kind} {type.Identifier.Text}";
    }
}
