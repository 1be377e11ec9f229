using System.Runtime.CompilerServices;

namespace NativeNet.Training;

/// <summary>The checks that all update rules make on what they are given.</summary>
internal static class UpdateRuleArguments
{
    /// <summary>Passes a learning rate or a decay: finite and not negative.</summary>
    public static float Rate(float value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => float.IsFinite(value) && value >= 0f
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be finite and at least 0.");

    /// <summary>Passes the share of the past that an average keeps: at least 0 and below 1.</summary>
    public static float Share(float value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => value is >= 0f and < 1f
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0 and below 1.");

    /// <summary>Passes what keeps a divisor from 0: finite and positive.</summary>
    public static float Positive(float value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => float.IsFinite(value) && value > 0f
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be finite and above 0.");
}
