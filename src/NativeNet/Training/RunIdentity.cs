using System.Globalization;
using NativeNet.Data;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>What a training run is made of besides the network and the seed: a checkpoint continues only with the same.</summary>
/// <param name="Rule">The update rule with all its settings.</param>
/// <param name="StateCount">The values of optimizer state a parameter.</param>
/// <param name="Schedule">The learning-rate schedule with all its settings.</param>
/// <param name="Data">The fingerprint of the training data.</param>
public sealed record RunIdentity(string Rule, int StateCount, string Schedule, string Data)
{
    /// <summary>Describes a run.</summary>
    /// <typeparam name="TRule">The rule; its <see cref="object.ToString"/> must show every setting, as that of a record does.</typeparam>
    /// <param name="rule">The rule with the rate before the schedule's factor.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="data">The training data, of which all is read.</param>
    public static RunIdentity Of<TRule>(in TRule rule, LearningRateSchedule schedule, DataSet data)
        where TRule : struct, IUpdateRule<TRule>
        => new(InvariantText(rule), TRule.StateCount, InvariantText(schedule), data.ComputeFingerprint());

    /// <summary>A record writes its numbers in the current culture; here they must be the same everywhere.</summary>
    private static string InvariantText<T>(T value)
        where T : notnull
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return value.ToString() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
