using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Description.Syntax;
using NativeNet.Training.Schedules;

namespace NativeNet.Program.CommandLine;

/// <summary>A learning-rate schedule: a name and its settings, with colons between, counts of epochs first.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ScheduleArgumentAttribute : Attribute, IArgumentParser<LearningRateSchedule?>
{
    private static readonly string[] Forms =
        ["constant", "step:N:D", "exponential:D", "inverseTime:N", "cosine:N[:F]", "plateau[:N[:D]]", "accuracy[:S]"];

    private static readonly string[] Names = [.. Forms.Select(static form => form.Split(':', '[')[0])];

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out LearningRateSchedule? result)
    {
        string text = s.ToString();
        string[] parts = text.Split(':');
        int index = Array.IndexOf(Names, parts[0]);
        if (index < 0)
            throw new UsageException($"there is no schedule '{parts[0]}'; {Spelling.Suggest(parts[0], Names)}");

        result = parts switch
        {
            ["constant"] => new ConstantRate(),
            ["step", var every, var decay] => new StepDecay(Decay(decay), Epochs(every)),
            ["exponential", var decay] => new ExponentialDecay(Decay(decay)),
            ["inverseTime", var halving] => new InverseTimeDecay(Epochs(halving)),
            ["cosine", var epochs] => new CosineDecay(Epochs(epochs)),
            ["cosine", var epochs, var floor] => new CosineDecay(Epochs(epochs), Share("F", floor)),
            ["plateau"] => new PlateauDecay(),
            ["plateau", var patience] => new PlateauDecay(patience: Patience(patience)),
            ["plateau", var patience, var decay] => new PlateauDecay(Decay(decay), Patience(patience)),
            ["accuracy"] => new AccuracyDecay(),
            ["accuracy", var strength] => new AccuracyDecay(Share("S", strength)),
            _ => throw new UsageException($"--schedule '{text}' has too few or too many settings; write {Forms[index]}"),
        };
        return true;

        int Epochs(string part) => WholeNumber.Parse(Setting("N"), part, 1, 1_000_000);

        int Patience(string part) => WholeNumber.Parse(Setting("N"), part, 0, 1_000_000);

        float Decay(string part) => TryShare(part) is > 0f and float decay
            ? decay
            : throw new UsageException($"{Setting("D")} must be a number above 0 and at most 1, not '{part}'");

        float Share(string letter, string part) => TryShare(part)
            ?? throw new UsageException($"{Setting(letter)} must be a number from 0 to 1, not '{part}'");

        string Setting(string letter) => $"in --schedule {Forms[index]}, {letter}";
    }

    private static float? TryShare(string part)
        => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float share) && share is >= 0f and <= 1f ? share : null;
}
