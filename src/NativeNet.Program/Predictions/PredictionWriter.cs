using System.Globalization;
using NativeNet.Description;
using NativeNet.Description.Json;
using NativeNet.Program.Networks;
using NativeNet.Program.Reports;
using NativeNet.Training;

namespace NativeNet.Program.Predictions;

/// <summary>Writes what a network makes of samples, or of the frames of a signal that goes on, one line each.</summary>
/// <param name="network">The network.</param>
/// <param name="outputs">The scores of a line.</param>
/// <param name="format">How.</param>
/// <param name="all">Whether the probability of every class is told.</param>
/// <param name="output">Gets the lines.</param>
internal sealed class PredictionWriter(PredictableNetwork network, int outputs, PredictionFormat format, bool all, TextWriter output)
{
    private readonly string[] _classes = [.. Enumerable.Range(0, network.ClassCount).Select(i => ClassName.Of(network.Network.Classes, i))];

    /// <summary>What has a class or a value of its own in a line.</summary>
    private readonly int _positions = network.ClassCount > 0 ? outputs / network.ClassCount : outputs;

    private IEnumerable<int> Positions => Enumerable.Range(0, _positions);

    /// <summary>Writes the names of the fields, for formats that have them.</summary>
    public void WriteNames()
    {
        if (format != PredictionFormat.Csv)
            return;

        output.WriteLine(network.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => CsvText.Row([.. Positions.SelectMany(NamesAt)]),
            LossKind.BinaryCrossEntropy => CsvText.Row([.. Positions.Select(i => Numbered("probability", i))]),
            _ => CsvText.Row([.. Positions.Select(i => Numbered("value", i))]),
        });
    }

    /// <summary>Writes a line.</summary>
    /// <param name="scores">(outputs), none of them NaN.</param>
    public void Write(ReadOnlySpan<float> scores)
    {
        if (network.HasClasses)
        {
            WriteClasses(scores);
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

    /// <summary>The class of a sample, or one behind the other those of its positions.</summary>
    private void WriteClasses(ReadOnlySpan<float> scores)
    {
        string[] positions = new string[_positions];
        for (int i = 0; i < positions.Length; i++)
            positions[i] = ClassOf(scores.Slice(i * _classes.Length, _classes.Length));

        string line = string.Join(format == PredictionFormat.Csv ? "," : ", ", positions);
        output.WriteLine(format == PredictionFormat.Json && positions.Length > 1 ? $"[{line}]" : line);
    }

    private string ClassOf(ReadOnlySpan<float> scores)
    {
        int best = Classification.ArgMax(scores);
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp((double)score - scores[best]);

        string[] distribution = new string[all ? scores.Length : 0];
        for (int i = 0; i < distribution.Length; i++)
            distribution[i] = Probability(Math.Exp((double)scores[i] - scores[best]) / sum);

        string probability = Probability(1 / sum);
        return format switch
        {
            PredictionFormat.Csv => CsvText.Row([_classes[best], probability, .. distribution]),
            PredictionFormat.Json => Json(best, probability, distribution),
            _ => string.Join(' ', [_classes[best], probability, .. distribution.Select((share, i) => $"{_classes[i]}={share}")]),
        };
    }

    private string Json(int best, string probability, string[] distribution)
    {
        string shares = all ? $", \"probabilities\": {{{string.Join(", ", distribution.Select((share, i) => $"{JsonText.Of(_classes[i])}: {share}"))}}}" : "";
        string name = network.Network.Classes.Count > 0 ? JsonText.Of(_classes[best]) : _classes[best];
        return $"{{\"class\": {name}, \"probability\": {probability}{shares}}}";
    }

    /// <summary>The names of a position's fields; a class has its name, behind that of the position where there are several.</summary>
    private IEnumerable<string> NamesAt(int position)
    {
        string before = _positions == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{position} ");
        return [Numbered("class", position), Numbered("probability", position), .. all ? _classes.Select(name => before + name) : []];
    }

    private string Numbered(string name, int number)
        => _positions == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
