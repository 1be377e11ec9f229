namespace NativeNet.Description;

/// <summary>The functions a layer may apply to each of its outputs.</summary>
public enum ActivationKind
{
    /// <summary>z itself.</summary>
    None,

    /// <summary>0 where z ≤ 0, else z.</summary>
    Relu,

    /// <summary>z · slope where z ≤ 0, else z.</summary>
    LeakyRelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    Sigmoid,
}

/// <summary>An activation with its parameter.</summary>
/// <param name="Kind">The function.</param>
/// <param name="NegativeSlope">The slope left of 0, positive and finite; 0 for every kind but leakyRelu.</param>
public readonly record struct ActivationSpec(ActivationKind Kind, float NegativeSlope);
