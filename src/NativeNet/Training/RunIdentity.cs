using System.Globalization;
using NativeNet.Data;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>What a training run is made of besides the network, the seed and the class weights: a checkpoint continues only with the same.</summary>
/// <param name="Rule">The update rule with all its settings.</param>
/// <param name="StateCount">The values of optimizer state a parameter.</param>
/// <param name="Schedule">The learning-rate schedule with all its settings.</param>
/// <param name="Gradients">How gradients become a step: batches and bound on the norm.</param>
/// <param name="Data">The fingerprint of the training data.</param>
/// <param name="Validation">The fingerprint of the held-out samples, or <see cref="None"/>.</param>
/// <param name="Stopping">Early stopping with all its settings, or <see cref="None"/>.</param>
public sealed record RunIdentity(
    string Rule, int StateCount, string Schedule, string Gradients, string Data, string Validation, string Stopping)
{
    /// <summary>What a run does not have.</summary>
    public const string None = "none";

    /// <summary>The type of the rule, so that the state is not taken for another's; null where only its text is known.</summary>
    internal Type? RuleType { get; init; }

    /// <summary>Whether the parameters of the best epoch belong to the run.</summary>
    internal bool KeepsBest => Stopping != None;

    /// <summary>Describes a run.</summary>
    /// <typeparam name="TRule">The rule; its <see cref="object.ToString"/> must show every setting, as that of a record does.</typeparam>
    /// <param name="rule">The rule with the rate before the schedule's factor.</param>
    /// <param name="data">The training data, of which all is read.</param>
    /// <param name="options">The rest; of the held-out samples too all are read.</param>
    public static RunIdentity Of<TRule>(in TRule rule, DataSet data, TrainingRunOptions options)
        where TRule : struct, IUpdateRule<TRule>
        => new(
            InvariantText(rule) + (EqualityComparer<TRule>.Default.Equals(TRule.ForVectors(in rule), rule) ? "" : ", DecayBiases = False"),
            TRule.StateCount,
            InvariantText(options.Schedule),
            string.Create(CultureInfo.InvariantCulture, $"AccumulatedBatches = {options.AccumulatedBatches}, MaximumNorm = {options.MaximumNorm}"),
            data.ComputeFingerprint(),
            options.Validation?.ComputeFingerprint() ?? None,
            options.Stopping is { } stopping ? InvariantText(stopping) : None)
        {
            RuleType = typeof(TRule),
        };

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
