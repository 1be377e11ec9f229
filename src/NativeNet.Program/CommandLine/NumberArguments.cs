using System.Globalization;
using ConsoleAppFramework;

namespace NativeNet.Program.CommandLine;

/// <summary>The number of epochs, 1 to 1000000.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EpochsAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--epochs", s, 1, 1_000_000);
        return true;
    }
}

/// <summary>The epochs below the full rate, 0 to 1000000.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class WarmupAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--warmup", s, 0, 1_000_000);
        return true;
    }
}

/// <summary>The epochs between two checkpoints, 1 to 1000000.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EveryAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--every", s, 1, 1_000_000);
        return true;
    }
}

/// <summary>The most samples of a training step, 1 to 65536.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class BatchAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--batch", s, 1, 65536);
        return true;
    }
}

/// <summary>A number of threads, 1 to 256.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ThreadsAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--threads", s, 1, 256);
        return true;
    }
}

/// <summary>A learning rate above 0.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LearningRateAttribute : Attribute, IArgumentParser<float?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out float? result)
    {
        result = float.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out float rate) && float.IsFinite(rate) && rate > 0
            ? rate
            : throw new UsageException($"--learning-rate must be a number above 0, not '{s}'");
        return true;
    }
}

/// <summary>Learning rates above 0, with commas between.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LearningRatesAttribute : Attribute, IArgumentParser<float[]?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out float[]? result)
    {
        string text = s.ToString();
        result = [.. text.Split(',').Select(Rate).Distinct()];
        return true;

        float Rate(string part)
            => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float rate) && float.IsFinite(rate) && rate > 0
                ? rate
                : throw new UsageException($"--learning-rates must be numbers above 0 with commas between, not '{text}'");
    }
}

/// <summary>A number of seeds, 1 to 1000.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SeedsAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--seeds", s, 1, 1000);
        return true;
    }
}

/// <summary>A weight decay of 0 or more.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class WeightDecayAttribute : Attribute, IArgumentParser<float?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out float? result)
    {
        result = float.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out float decay) && float.IsFinite(decay) && decay >= 0
            ? decay
            : throw new UsageException($"--weight-decay must be a number of 0 or more, not '{s}'");
        return true;
    }
}

/// <summary>Whether biases decay.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class DecayBiasesAttribute : Attribute, IArgumentParser<BiasDecay>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out BiasDecay result)
    {
        result = s switch
        {
            "true" => BiasDecay.Decay,
            "false" => BiasDecay.Spare,
            _ => throw new UsageException($"--decay-biases must be true or false, not '{s}'"),
        };
        return true;
    }
}

/// <summary>A seed, any unsigned 64-bit number.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SeedAttribute : Attribute, IArgumentParser<ulong>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ulong result)
        => ulong.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out result)
            ? true
            : throw new UsageException($"--seed must be a whole number from 0 to {ulong.MaxValue}, not '{s}'");
}

/// <summary>The share of the training data that is held out, above 0 and below 1.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ValidationAttribute : Attribute, IArgumentParser<double?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out double? result)
    {
        result = double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
            ? share
            : throw new UsageException($"--validation must be a number above 0 and below 1, not '{s}'");
        return true;
    }
}

/// <summary>The epochs without improvement after which training ends, 1 to 1000000.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EarlyStopAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--early-stop", s, 1, 1_000_000);
        return true;
    }
}

/// <summary>The greatest norm of a gradient, above 0.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ClipNormAttribute : Attribute, IArgumentParser<float?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out float? result)
    {
        result = float.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out float norm) && float.IsFinite(norm) && norm > 0
            ? norm
            : throw new UsageException($"--clip-norm must be a number above 0, not '{s}'");
        return true;
    }
}

/// <summary>The batches of a step, 1 to 65536.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AccumulateAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--accumulate", s, 1, 65_536);
        return true;
    }
}

/// <summary>How many of the greatest scores count, 1 to 65536.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class TopAttribute : Attribute, IArgumentParser<int?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out int? result)
    {
        result = WholeNumber.Parse("--top", s, 1, 65_536);
        return true;
    }
}
