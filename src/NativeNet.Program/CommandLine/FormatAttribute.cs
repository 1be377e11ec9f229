using ConsoleAppFramework;
using NativeNet.Program.Predictions;

namespace NativeNet.Program.CommandLine;

/// <summary>How predictions are written: csv or json.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FormatAttribute : Attribute, IArgumentParser<PredictionFormat>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out PredictionFormat result)
    {
        result = s switch
        {
            "csv" => PredictionFormat.Csv,
            "json" => PredictionFormat.Json,
            _ => throw new UsageException($"--format must be csv or json, not '{s}'"),
        };
        return true;
    }
}
