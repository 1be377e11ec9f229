using System.Globalization;

namespace NativeNet.PeerBenchmarks;

/// <summary>Writes figures as a table in Markdown, a row as soon as its network has been measured.</summary>
internal static class PeerTable
{
    /// <summary>Writes the names of the columns.</summary>
    /// <param name="output">Gets the lines.</param>
    public static void WriteHead(TextWriter output)
    {
        output.WriteLine("| network | batch | one sample, µs | ONNX Runtime | × | step, adam, µs | libtorch | channels last | × |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    /// <summary>Writes a row.</summary>
    /// <param name="output">Gets the line.</param>
    /// <param name="figures">The figures.</param>
    public static void WriteRow(TextWriter output, PeerFigures figures)
    {
        double? torch = figures.TorchChannelsLast < figures.Torch ? figures.TorchChannelsLast : figures.Torch;
        string[] cells =
        [
            figures.Network,
            figures.BatchSize.ToString(CultureInfo.InvariantCulture),
            Micros(figures.Predict),
            Micros(figures.OnnxRuntime),
            Ratio(figures.OnnxRuntime / figures.Predict),
            Micros(figures.Step),
            Micros(figures.Torch),
            Micros(figures.TorchChannelsLast),
            Ratio(torch / figures.Step),
        ];
        output.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    /// <summary>Three digits, but no fractions of what is longer.</summary>
    private static string Micros(double? seconds)
    {
        if (seconds * 1e6 is not { } micros)
            return "–";

        string format = micros < 1 ? "F3" : micros < 10 ? "F2" : micros < 100 ? "F1" : "N0";
        return micros.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Ratio(double? ratio) => ratio is { } given ? given.ToString("F2", CultureInfo.InvariantCulture) : "–";
}
