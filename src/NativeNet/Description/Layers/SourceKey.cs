using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The key <c>from</c>, which names what a layer reads instead of the layer before.</summary>
internal static class SourceKey
{
    /// <summary>Of a layer that reads one other.</summary>
    public static readonly StringKey From = new("from");

    /// <summary>Of a layer that joins several.</summary>
    public static readonly NamesKey Operands = new(From.Name, 2, NetworkLimits.Layers);
}
