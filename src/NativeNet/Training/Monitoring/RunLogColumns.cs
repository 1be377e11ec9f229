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
