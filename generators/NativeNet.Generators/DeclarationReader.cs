using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NativeNet.Compiler;
using NativeNet.Compiler.Weights;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>Reads the declaration of a struct that asks for a network.</summary>
internal static class DeclarationReader
{
    public static DeclarationRequest Read(GeneratorAttributeSyntaxContext context)
    {
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        AttributeData attribute = symbol.GetAttributes().First(any => SymbolEqualityComparer.Default.Equals(any.AttributeClass, context.Attributes[0].AttributeClass));

        // The compiler refuses a second attribute, on another part of the struct too: the first one counts.
        if (attribute.ApplicationSyntaxReference is not { } reference || !IsInside(reference, declaration))
            return new DeclarationRequest(null, default, default);

        TextLocation location = TextLocation.Of(Location.Create(reference.SyntaxTree, reference.Span));

        TypeDeclarationSyntax[] chain = [.. declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()];
        if (!IsPartial(declaration))
            return Refuse(Descriptors.NotPartial, declaration, declaration.Identifier.ValueText);
        if (chain.FirstOrDefault(static type => !IsPartial(type)) is { } container)
            return Refuse(Descriptors.ContainerNotPartial, container, container.Identifier.ValueText, declaration.Identifier.ValueText);
        if (chain.Any(static type => type.TypeParameterList is not null))
            return Refuse(Descriptors.Generic, declaration, declaration.Identifier.ValueText);
        if (chain.Any(static type => type.Modifiers.Any(SyntaxKind.FileKeyword)))
            return Refuse(Descriptors.FileLocal, declaration, declaration.Identifier.ValueText);
        if (GeneratedMembers.Has(symbol.Name))
            return Refuse(Descriptors.NamedAsMember, declaration, declaration.Identifier.ValueText);
        if (GeneratedMembers.ClashesOf(symbol).ToArray() is { Length: > 0 } clashes)
        {
            return new(null, location, new([.. clashes.Select(clash => new LocatedDiagnostic(
                Descriptors.MemberExists.Id, TextLocation.Of(clash.Locations[0]), new([symbol.Name, clash.Name])))]));
        }

        string @namespace = symbol.ContainingNamespace.IsGlobalNamespace ? "" : symbol.ContainingNamespace.ToDisplayString();
        string file = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        EquatableArray<string> containers = new([.. chain.Skip(1).Reverse().Select(Header)]);
        PackedWeights? weights = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Weights").Value.Value is string named ? new(named) : null;
        return new DeclarationRequest(new NetworkDeclaration(@namespace, containers, Header(declaration), file, Weights: weights), location, default);

        DeclarationRequest Refuse(DiagnosticDescriptor descriptor, TypeDeclarationSyntax at, params string[] arguments)
        {
            TextLocation name = TextLocation.Of(at.Identifier.GetLocation());
            return new(null, location, new([new LocatedDiagnostic(descriptor.Id, name, new([.. arguments]))]));
        }
    }

    private static bool IsInside(SyntaxReference part, TypeDeclarationSyntax declaration)
        => part.SyntaxTree == declaration.SyntaxTree && declaration.FullSpan.Contains(part.Span);

    private static bool IsPartial(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string Header(TypeDeclarationSyntax type)
    {
        string kind = type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? $"record {record.ClassOrStructKeyword.ValueText}"
            : type.Keyword.ValueText;

        // Escapes and needless @ out: the same name is the same text.
        string name = type.Identifier.ValueText;
        return $"partial {kind} {(SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? "" : "@")}{name}";
    }
}
