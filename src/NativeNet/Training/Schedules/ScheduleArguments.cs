using System.Runtime.CompilerServices;

namespace NativeNet.Training.Schedules;

/// <summary>The checks that all schedules make on what they are given.</summary>
internal static class ScheduleArguments
{
    /// <summary>Passes the factor of a cut: above 0 and at most 1.</summary>
    public static float Decay(float value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => value is > 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be above 0 and at most 1.");

    /// <summary>Passes a share: from 0 to 1.</summary>
    public static float Share(float value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => value is >= 0f and <= 1f
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be from 0 to 1.");

    /// <summary>Passes a number of epochs: at least 1.</summary>
    public static int Epochs(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Must be at least 1.");
}
