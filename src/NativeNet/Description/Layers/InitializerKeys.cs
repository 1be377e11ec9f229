using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The keys of every layer with weights: how the first ones are drawn.</summary>
internal static class InitializerKeys
{
    public static readonly WordKey<InitializerKind> Initializer = new("initializer", Vocabulary.Initializers, "heNormal");
    /// <summary>Ten times more, and a rare weight would be infinite.</summary>
    public static readonly NumberKey Gain = new("gain", 1, below: 1e37f);

    /// <summary>The initializer of a layer, or null where a mistake was reported.</summary>
    /// <remarks>The other initializers take their width from the layer's shape; 'normal' has nothing but the gain.</remarks>
    /// <param name="layer">An object with these keys.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public static InitializerSpec? Check(JsonObject layer, DiagnosticBag diagnostics)
    {
        Setting<InitializerKind> initializer = Initializer.Read(layer, diagnostics);
        Setting<float> gain = Gain.Read(layer, diagnostics);

        bool absent = gain is { IsValid: true, Property: null };
        if (absent && initializer is { IsValid: true, Value: InitializerKind.Normal, Property: { } given })
        {
            diagnostics.Add(
                DiagnosticTable.KeyNeeded,
                given.Value.Span,
                Vocabulary.Initializers.Noun,
                Vocabulary.Initializers.WordFor(InitializerKind.Normal),
                Gain.Name,
                "its standard deviation");
            return null;
        }

        return initializer.IsValid && gain.IsValid ? new InitializerSpec(initializer.Value, gain.Value) : null;
    }

    /// <summary>The keys, each behind a comma.</summary>
    /// <param name="initializer">The initializer of a layer.</param>
    public static string Write(InitializerSpec initializer) => Initializer.Write(initializer.Kind) + Gain.Write(initializer.Gain);
}
