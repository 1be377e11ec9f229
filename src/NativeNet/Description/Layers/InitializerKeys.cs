using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The keys of a matrix of weights: how the first ones are drawn.</summary>
/// <param name="initializer">The key of the distribution.</param>
/// <param name="gain">The key of the factor on its width.</param>
/// <param name="distribution">The distribution that an absent key stands for.</param>
internal sealed class InitializerKeys(string initializer, string gain, string distribution)
{
    /// <summary>Those of every layer with one such matrix.</summary>
    public static InitializerKeys Weights { get; } = new("initializer", "gain", "heNormal");

    public WordKey<InitializerKind> Initializer { get; } = new(initializer, Vocabulary.Initializers, distribution);

    /// <summary>Ten times more, and a rare weight would be infinite.</summary>
    public NumberKey Gain { get; } = new(gain, 1, below: 1e37f);

    /// <summary>The initializer of a layer, or null where a mistake was reported.</summary>
    /// <remarks>The other initializers take their width from the layer's shape; 'normal' has nothing but the gain.</remarks>
    /// <param name="layer">An object with these keys.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public InitializerSpec? Check(JsonObject layer, DiagnosticBag diagnostics)
    {
        Setting<InitializerKind> kind = Initializer.Read(layer, diagnostics);
        Setting<float> factor = Gain.Read(layer, diagnostics);

        bool absent = factor is { IsValid: true, Property: null };
        if (absent && kind is { IsValid: true, Value: InitializerKind.Normal, Property: { } given })
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

        return kind.IsValid && factor.IsValid ? new InitializerSpec(kind.Value, factor.Value) : null;
    }

    /// <summary>The keys, each behind a comma.</summary>
    /// <param name="weights">The initializer of a layer.</param>
    public string Write(InitializerSpec weights) => Initializer.Write(weights.Kind) + Gain.Write(weights.Gain);
}
