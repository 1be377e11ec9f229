using System.Globalization;

namespace NativeNet.Program.Bench;

/// <summary>Writes figures as columns for people.</summary>
internal static class BenchTable
{
    private const double Giga = 1e9;

    /// <summary>Writes everything.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="result">The figures.</param>
    public static void Write(TextWriter output, BenchResult result)
    {
        output.WriteLine(Line($"fma loop: {2 * result.FmaLoop.Rate / Giga:F1} GFLOP/s on one core, {FmaLoop.Chains} chains in registers"));
        output.WriteLine($"memory: {string.Join(", ", result.Memory.Select(static m => Line($"{m.Workload.Name} {m.Rate / Giga:F1} GB/s")))}");
        if (result.Threads > 1)
            output.WriteLine(Line($"steps: on {result.Threads} threads, shares of as many fma loops"));

        foreach (NetworkResult network in result.Networks)
        {
            output.WriteLine();
            output.WriteLine(Line($"{network.Name}: {network.Shape}, batches of {network.BatchSize}"));
            output.WriteLine(Line($"{"",-18}{"µs a run",12}{"µs a sample",14}{"samples/s",14}{"of fma loop",14}{"allocated",12}"));
            foreach (Measurement each in network.Measurements)
                output.WriteLine(Row(each, result.FmaLoop));
        }
    }

    private static string Row(Measurement measurement, Measurement fmaLoop)
    {
        double micros = measurement.Seconds * 1e6;
        string bytes = Line($"{measurement.AllocatedBytes} B");
        string share = Line($"{measurement.ShareOf(fmaLoop) * 100:F1} %");
        return Line($"{measurement.Workload.Name,-18}{micros,12:F3}{micros / measurement.Workload.Samples,14:F4}{measurement.SamplesPerSecond,14:F0}{share,14}{bytes,12}");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
