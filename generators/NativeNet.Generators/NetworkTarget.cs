using NativeNet.Description;

namespace NativeNet.Generators;

/// <summary>The partial struct that asked for a network, without symbols: part of the cache key of the output.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Containers">Declarations of the types around it, outermost first, for example <c>partial class Outer</c>.</param>
/// <param name="Declaration">Its own declaration, for example <c>partial struct Digits</c>.</param>
/// <param name="File">What the attribute names.</param>
internal sealed record NetworkTarget(string Namespace, EquatableArray<string> Containers, string Declaration, string File)
{
    /// <summary>Its name.</summary>
    public string Name => NameOf(Declaration);

    /// <summary>The stem of the generated files' names: unique, since a type's full name is.</summary>
    public string HintName
    {
        get
        {
            IEnumerable<string> parts = Containers.Select(NameOf).Append(Name);
            string type = string.Join(".", parts);
            return Namespace.Length == 0 ? type : $"{Namespace}.{type}";
        }
    }

    private static string NameOf(string declaration) => declaration.Substring(declaration.LastIndexOf(' ') + 1);
}
