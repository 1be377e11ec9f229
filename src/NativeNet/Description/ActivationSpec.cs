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

    /// <summary>alpha · (eᶻ − 1) where z ≤ 0, else z.</summary>
    Elu,

    /// <summary>½ z (1 + tanh(√(2/π) (z + 0.044715 z³))).</summary>
    Gelu,

    /// <summary>z / (1 + e⁻ᶻ).</summary>
    Silu,

    /// <summary>z (z + 3) / 6 between −3 and 3, 0 below, z above.</summary>
    HardSwish,

    /// <summary>log(1 + eᶻ).</summary>
    Softplus,

    /// <summary>z, at least 0 and at most 6.</summary>
    Relu6,

    /// <summary>z, at least a minimum and at most a maximum.</summary>
    Clip,
}

/// <summary>An activation with its parameters.</summary>
/// <param name="Kind">The function.</param>
/// <param name="NegativeSlope">The slope left of 0, positive and finite; 0 for every kind but leakyRelu.</param>
public readonly record struct ActivationSpec(ActivationKind Kind, float NegativeSlope)
{
    /// <summary>The factor on elu left of 0, positive and finite; 0 for every other kind.</summary>
    public float Alpha { get; init; }

    /// <summary>The least output of relu6 and clip, finite; 0 for every other kind.</summary>
    public float Minimum { get; init; }

    /// <summary>The greatest output of relu6 and clip, finite and above the least; 0 for every other kind.</summary>
    public float Maximum { get; init; }

    /// <summary>Whether the derivative is a function of the sum z and not of the output, so that training keeps both.</summary>
    public bool DerivesFromSum => Kind is ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish;
}
