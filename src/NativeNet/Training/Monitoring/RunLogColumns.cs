using System.Globalization;

namespace NativeNet.Training.Monitoring;

/// <summary>The columns of a run log, in one place for writer and reader.</summary>
internal static class RunLogColumns
{
    /// <summary>How many columns an epoch has once, whatever the network is judged by.</summary>
    public const int SharedCount = 7;

    /// <summary>What an epoch has once.</summary>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    public static string[] Shared(MetricKind metric) => metric == MetricKind.Accuracy
        ? ["epoch", "step", "rate", "loss", "accuracy", "validationLoss", "validationAccuracy"]
        : ["epoch", "step", "rate", "loss", "error", "validationLoss", "validationError"];

    /// <summary>What every layer has.</summary>
    public static readonly string[] PerLayer = ["weights", "gradients", "updates", "dead"];

    /// <summary>The names of a row's columns.</summary>
    public static string[] Names(EpochRecord row)
    {
        int[] layers = new int[row.Layers.Length];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = row.Layers[i].Index;
        return Header(layers, row.Metric).Split(',');
    }

    /// <summary>The values of a row's columns; NaN where there is none.</summary>
    public static double[] Values(EpochRecord row)
    {
        List<double> values =
            [row.Epoch, row.Step, row.Rate, row.Loss, Measure(row), row.ValidationLoss, ValidationMeasure(row)];
        foreach (ref readonly LayerRecord layer in row.Layers)
            values.AddRange(layer.Weights, layer.Gradients, layer.Updates, layer.DeadShare);
        return [.. values];
    }

    /// <summary>The accuracy or the error on the training samples.</summary>
    public static double Measure(EpochRecord row) => row.Metric == MetricKind.Accuracy ? row.Accuracy : row.Error;

    /// <summary>The accuracy or the error on held-out samples.</summary>
    public static double ValidationMeasure(EpochRecord row) => row.Metric == MetricKind.Accuracy ? row.ValidationAccuracy : row.ValidationError;

    /// <summary>The header line of a log of these layers, without its end.</summary>
    /// <param name="layers">The positions of the layers in the network's file.</param>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    public static string Header(ReadOnlySpan<int> layers, MetricKind metric)
    {
        List<string> names = [.. Shared(metric)];
        foreach (int layer in layers)
            names.AddRange(PerLayer.Select(column => string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.{column}")));
        return string.Join(',', names);
    }
}
