using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NativeNet.Compiler;
using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Compiler.Weights;

namespace NativeNet.Generators;

/// <summary>The members that a network's struct gets, read from the placeholder, which has those of every network.</summary>
/// <remarks>
/// Where a member of the user's stands in their way, the compiler would complain about code that nobody wrote. Methods of
/// one name but other parameters are overloads and welcome.
/// </remarks>
internal static class GeneratedMembers
{
    /// <summary>The signatures under each name; none of what is no method.</summary>
    private static readonly Lazy<ILookup<string, string>> Signatures = new(static () => Read().ToLookup(static member => member.Name, static member => member.Signature));

    /// <summary>Whether a network has a member of this name.</summary>
    public static bool Has(string name) => Signatures.Value.Contains(name);

    /// <summary>The members of a struct, as its user wrote it, that cannot stand beside the generated ones.</summary>
    public static IEnumerable<ISymbol> ClashesOf(INamedTypeSymbol type) => type.GetMembers().Where(static member =>
        Has(member.Name) && !(member is IMethodSymbol method && !Signatures.Value[member.Name].Any(signature => signature.Length == 0 || signature == SignatureOf(method))));

    private static IEnumerable<(string Name, string Signature)> Read()
    {
        string text = NetworkEmitter.EmitPlaceholder(new NetworkDeclaration("", default, "partial struct N", "", Weights: new PackedWeights(""))).Text;
        foreach (MemberDeclarationSyntax member in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>())
        {
            switch (member)
            {
                case FieldDeclarationSyntax field:
                    foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                        yield return (variable.Identifier.ValueText, "");
                    break;
                case PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property:
                    yield return (property.Identifier.ValueText, "");
                    break;
                case MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method:
                    yield return (method.Identifier.ValueText, SignatureOf(method));
                    break;
            }
        }
    }

    /// <summary>What tells overloads apart: the number of type parameters and each parameter's type, by reference or not.</summary>
    private static string SignatureOf(MethodDeclarationSyntax method)
    {
        string[] typeParameters = [.. method.TypeParameterList?.Parameters.Select(static parameter => parameter.Identifier.ValueText) ?? []];
        return Signature(typeParameters.Length, method.ParameterList.Parameters.Select(parameter =>
        {
            string type = parameter.Type!.ToString().TrimEnd('?');
            int number = Array.IndexOf(typeParameters, type);
            return (parameter.Modifiers.Any(), number < 0 ? type : TypeParameter(number));
        }));
    }

    private static string SignatureOf(IMethodSymbol method) => Signature(method.Arity, method.Parameters.Select(static parameter =>
        (parameter.RefKind != RefKind.None, parameter.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } own
            ? TypeParameter(own.Ordinal)
            : parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))));

    private static string Signature(int arity, IEnumerable<(bool IsReference, string Type)> parameters)
        => FormattableString.Invariant($"{arity}({string.Join(", ", parameters.Select(static parameter => (parameter.IsReference ? "ref " : "") + parameter.Type))})");

    private static string TypeParameter(int number) => FormattableString.Invariant($"!{number}");
}
