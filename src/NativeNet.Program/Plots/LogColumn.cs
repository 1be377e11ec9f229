using System.Globalization;
using NativeNet.Program.CommandLine;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Description.Syntax;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Plots;

/// <summary>A column of run logs to draw: one by its name, or those of one quantity for all layers.</summary>
/// <param name="name">The name as a log's first line has it, or <c>weights</c>, <c>gradients</c>, <c>updates</c> or <c>dead</c>.</param>
internal sealed class LogColumn(string name)
{
    /// <summary>What the column holds, in words.</summary>
    public string Title => name.Split('.') is ["layers", var layer, var quantity] ? $"layer {layer}: {Describe(quantity)}" : Describe(name);

    /// <summary>The name for an axis, without the layer.</summary>
    public string AxisName => Words(name.Split('.')[^1]);

    /// <summary>The curves of a log, by epoch.</summary>
    /// <param name="path">The log.</param>
    /// <exception cref="UsageException">The log has no such column.</exception>
    /// <exception cref="DataFormatException">The file is no run log or has nothing in the column.</exception>
    public IEnumerable<Curve> Read(string path)
    {
        IReadOnlyList<EpochRecord> rows = RunLog.Read(path);
        if (rows.Count == 0)
            throw new DataFormatException($"{path}: has no epochs yet; there is nothing to draw");

        string run = Excerpt.OfMessage(Path.ChangeExtension(path, null));
        string[] names = RunLogColumns.Names(rows[0]);
        int[] columns = [.. Enumerable.Range(0, names.Length).Where(i => names[i] == name || IsOfLayer(names[i]))];
        if (columns.Length == 0)
            throw Unknown(path, names);

        double[][] values = [.. rows.Select(RunLogColumns.Values)];
        foreach (int column in columns)
        {
            if (values.All(row => double.IsNaN(row[column])))
                throw new DataFormatException($"{path}: column '{names[column]}' is empty; {(name.StartsWith("validation", StringComparison.Ordinal) ? "train with --validation" : "every value of it is NaN")}");

            string label = names[column] == name ? run : string.Create(CultureInfo.InvariantCulture, $"{run} layer {names[column].Split('.')[1]}");
            yield return new Curve(label, [.. values.Select((row, i) => ((double)rows[i].Epoch, row[column]))]);
        }
    }

    private static string Describe(string quantity) => quantity switch
    {
        "step" => "steps taken",
        "rate" => "learning rate",
        "loss" => "loss on the training data",
        "accuracy" => "accuracy on the training data",
        "error" => "mean absolute error on the training data",
        "validationError" => "mean absolute error on held-out samples",
        "validationLoss" => "loss on held-out samples",
        "validationAccuracy" => "accuracy on held-out samples",
        "weights" => "mean |w|, relative to the start",
        "gradients" => "mean magnitude of the gradients of a sample's loss",
        "updates" => "mean change of the weights in an epoch",
        "dead" => "share of units that were 0 for every sample",
        _ => quantity,
    };

    private static string Words(string column) => column switch
    {
        "validationLoss" => "loss",
        "validationAccuracy" => "accuracy",
        "validationError" => "error",
        "weights" => "mean |w| / mean |w| at the start",
        "gradients" => "mean |gradient|",
        "updates" => "mean |change|",
        "dead" => "share of units",
        _ => column,
    };

    private bool IsOfLayer(string column)
        => RunLogColumns.PerLayer.Contains(name, StringComparer.Ordinal) && column.EndsWith($".{name}", StringComparison.Ordinal);

    private UsageException Unknown(string path, string[] names)
    {
        string[] all = [.. names, .. RunLogColumns.PerLayer];
        string guess = Spelling.FindNearest(name, all) is { } nearest ? $"did you mean '{nearest}'? There are" : "there are";
        return new UsageException(
            $"{path} has no column '{name}'; {guess} {string.Join(", ", names.Take(RunLogColumns.SharedCount))}, and of one layer, as layers.0.weights, or of all {string.Join(", ", RunLogColumns.PerLayer)}");
    }
}
