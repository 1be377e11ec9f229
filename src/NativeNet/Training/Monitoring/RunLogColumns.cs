using System.Globalization;

namespace NativeNet.Training.Monitoring;

/// <summary>The columns of a run log, in one place for writer and reader.</summary>
internal static class RunLogColumns
{
    /// <summary>What an epoch has once.</summary>
    public static readonly string[] Shared =
        ["epoch", "step", "rate", "loss", "accuracy", "validationLoss", "validationAccuracy"];

    /// <summary>What every layer has.</summary>
    public static readonly string[] PerLayer = ["weights", "gradients", "updates", "dead"];

    /// <summary>The names of a row's columns.</summary>
    public static string[] Names(EpochRecord row)
    {
        int[] layers = new int[row.Layers.Length];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = row.Layers[i].Index;
        return Header(layers).Split(',');
    }

    /// <summary>The values of a row's columns; NaN where there is none.</summary>
    public static double[] Values(EpochRecord row)
    {
        List<double> values =
            [row.Epoch, row.Step, row.Rate, row.Loss, row.Accuracy, row.ValidationLoss, row.ValidationAccuracy];
        foreach (ref readonly LayerRecord layer in row.Layers)
            values.AddRange(layer.Weights, layer.Gradients, layer.Updates, layer.DeadShare);
        return [.. values];
    }

    /// <summary>The header line of a log of these layers, without its end.</summary>
    /// <param name="layers">The positions of the layers in the network's file.</param>
    public static string Header(ReadOnlySpan<int> layers)
    {
        List<string> names = [.. Shared];
        foreach (int layer in layers)
            names.AddRange(PerLayer.Select(column => string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.{column}")));
        return string.Join(',', names);
    }
}
