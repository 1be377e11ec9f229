using System.Globalization;
using NativeNet.Description;
using NativeNet.Description.Json;
using NativeNet.Program.Networks;
using NativeNet.Program.Reports;
using NativeNet.Training;

namespace NativeNet.Program.Predictions;

/// <summary>Writes what a network makes of samples, one line each.</summary>
/// <param name="network">The network.</param>
/// <param name="format">How.</param>
/// <param name="all">Whether the probability of every class is told.</param>
/// <param name="output">Gets the lines.</param>
internal sealed class PredictionWriter(PredictableNetwork network, PredictionFormat format, bool all, TextWriter output)
{
    private readonly string[] _names = [.. Enumerable.Range(0, network.Network.OutputLength).Select(i => ClassName.Of(network.Network.Classes, i))];

    /// <summary>Writes the names of the fields, for formats that have them.</summary>
    public void WriteNames()
    {
        if (format != PredictionFormat.Csv)
            return;

        output.WriteLine(network.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => CsvText.Row(["class", "probability", .. all ? _names : []]),
            LossKind.BinaryCrossEntropy => CsvText.Row([.. Numbered("probability")]),
            _ => CsvText.Row([.. Numbered("value")]),
        });
    }

    /// <summary>Writes a line.</summary>
    /// <param name="scores">(OutputLength), none of them NaN.</param>
    public void Write(ReadOnlySpan<float> scores)
    {
        if (network.HasClasses)
        {
            WriteClass(scores);
            return;
        }

        bool isProbability = network.Loss == LossKind.BinaryCrossEntropy;
        string[] values = new string[scores.Length];
        for (int i = 0; i < scores.Length; i++)
            values[i] = isProbability ? Probability(1 / (1 + Math.Exp(-(double)scores[i]))) : scores[i].ToString(CultureInfo.InvariantCulture);

        output.WriteLine(format switch
        {
            PredictionFormat.Csv => string.Join(',', values),
            PredictionFormat.Json => $"{{\"{(isProbability ? "probabilities" : "values")}\": [{string.Join(", ", values)}]}}",
            _ => string.Join(' ', values),
        });
    }

    /// <summary>Only shown, so it need not have the same last bit everywhere.</summary>
    private string Probability(double value) => value.ToString(format == PredictionFormat.Text ? "F4" : "0.######", CultureInfo.InvariantCulture);

    private void WriteClass(ReadOnlySpan<float> scores)
    {
        int best = Classification.ArgMax(scores);
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp((double)score - scores[best]);

        string[] distribution = new string[all ? scores.Length : 0];
        for (int i = 0; i < distribution.Length; i++)
            distribution[i] = Probability(Math.Exp((double)scores[i] - scores[best]) / sum);

        string probability = Probability(1 / sum);
        output.WriteLine(format switch
        {
            PredictionFormat.Csv => CsvText.Row([_names[best], probability, .. distribution]),
            PredictionFormat.Json => Json(best, probability, distribution),
            _ => string.Join(' ', [_names[best], probability, .. distribution.Select((share, i) => $"{_names[i]}={share}")]),
        });
    }

    private string Json(int best, string probability, string[] distribution)
    {
        string shares = all ? $", \"probabilities\": {{{string.Join(", ", distribution.Select((share, i) => $"{JsonText.Of(_names[i])}: {share}"))}}}" : "";
        string name = network.Network.Classes.Count > 0 ? JsonText.Of(_names[best]) : _names[best];
        return $"{{\"class\": {name}, \"probability\": {probability}{shares}}}";
    }

    private IEnumerable<string> Numbered(string name)
        => _names.Length == 1 ? [name] : Enumerable.Range(0, _names.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}{i}"));
}
