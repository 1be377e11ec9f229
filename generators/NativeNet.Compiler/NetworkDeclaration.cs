using System.Text;
using NativeNet.Compiler.Weights;
using NativeNet.Description;

namespace NativeNet.Compiler;

/// <summary>The partial struct that asked for a network, without symbols: part of the cache key of the output.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Containers">Declarations of the types around it, outermost first, for example <c>partial class Outer</c>.</param>
/// <param name="Declaration">Its own declaration, for example <c>partial struct Digits</c>. Names that are keywords begin with <c>@</c>, others do not.</param>
/// <param name="File">What the attribute names.</param>
/// <param name="Twin">How many structs come before it whose names are its own, letter case aside.</param>
/// <param name="Weights">The weights that the attribute names, or null.</param>
internal sealed record NetworkDeclaration(
    string Namespace, EquatableArray<string> Containers, string Declaration, string File, int Twin = 0, PackedWeights? Weights = null)
{
    /// <summary>Its name.</summary>
    public string Name => NameOf(Declaration);

    /// <summary>The stem of the generated files' names, unique whatever the letter case: <c>Namespace.Outer+Digits</c>.</summary>
    public string HintName => Twin == 0 ? TypeName : FormattableString.Invariant($"{TypeName}-{Twin}");

    /// <summary>The full name as metadata spells it.</summary>
    public string TypeName => Join("+").Replace("@", "");

    /// <summary>The full name as code spells it, whatever stands around: <c>global::Namespace.Outer.Digits</c>.</summary>
    public string FullName => "global::" + Join(".");

    /// <summary>
    /// The namespace of what is generated beside the struct: <c>NativeNet.Generated.Namespace_Outer_1Digits</c>. One
    /// identifier, since a network's namespace inside another's would hide names from it.
    /// </summary>
    /// <remarks>
    /// No two types share one: <c>_</c> is a point before anything but a digit, which no name begins with; <c>_0</c> is an
    /// underscore and <c>_1</c> the <c>+</c> before a nested type. Only a name without namespace can be a keyword.
    /// </remarks>
    public string GeneratedNamespace
    {
        get
        {
            // Shorter only where nothing stands before the name, which then is a keyword and has an @.
            bool isKeyword = TypeName.Length < Name.Length;
            var name = new StringBuilder(isKeyword ? "NativeNet.Generated.@" : "NativeNet.Generated.");
            foreach (char c in TypeName)
                name.Append(c switch { '_' => "_0", '+' => "_1", '.' => "_", _ => c.ToString() });
            return name.ToString();
        }
    }

    private string Join(string nesting)
    {
        string type = string.Join(nesting, Containers.Select(NameOf).Append(Name));
        return Namespace.Length == 0 ? type : $"{Namespace}.{type}";
    }

    private static string NameOf(string declaration) => declaration.Substring(declaration.LastIndexOf(' ') + 1);
}
