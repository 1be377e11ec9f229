using NativeNet.Description;

namespace NativeNet.Compiler;

/// <summary>The partial struct that asked for a network, without symbols: part of the cache key of the output.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Containers">Declarations of the types around it, outermost first, for example <c>partial class Outer</c>.</param>
/// <param name="Declaration">Its own declaration, for example <c>partial struct Digits</c>.</param>
/// <param name="File">What the attribute names.</param>
/// <param name="Twin">How many structs come before it whose names are its own, letter case aside.</param>
internal sealed record NetworkDeclaration(
    string Namespace, EquatableArray<string> Containers, string Declaration, string File, int Twin = 0)
{
    /// <summary>Its name.</summary>
    public string Name => NameOf(Declaration);

    /// <summary>The stem of the generated files' names, unique whatever the letter case: <c>Namespace.Outer+Digits</c>.</summary>
    public string HintName => Twin == 0 ? TypeName : FormattableString.Invariant($"{TypeName}-{Twin}");

    /// <summary>The full name as metadata spells it.</summary>
    public string TypeName
    {
        get
        {
            string type = string.Join("+", Containers.Select(NameOf).Append(Name));

            // Roslyn refuses the @ of a keyword used as a name.
            return (Namespace.Length == 0 ? type : $"{Namespace}.{type}").Replace("@", "");
        }
    }

    private static string NameOf(string declaration) => declaration.Substring(declaration.LastIndexOf(' ') + 1);
}
