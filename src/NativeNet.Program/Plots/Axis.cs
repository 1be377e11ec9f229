using System.Globalization;

namespace NativeNet.Program.Plots;

/// <summary>One direction of a chart: a range that ends at ticks, and the way from values to pixels.</summary>
internal sealed class Axis
{
    private readonly double _least, _most;
    private readonly double _start, _end;

    /// <summary>An axis that covers some values.</summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="start">The pixel of the least tick.</param>
    /// <param name="end">The pixel of the greatest tick.</param>
    public Axis(IEnumerable<double> values, double start, double end)
    {
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values.Where(double.IsFinite))
            (least, most) = (Math.Min(least, value), Math.Max(most, value));

        if (least > most)
            (least, most) = (0, 1);
        if (most - least <= Math.Abs(most) * 1e-9)
            (least, most) = least == 0 ? (0, 1) : (least - (Math.Abs(least) / 2), least + (Math.Abs(least) / 2));

        Step = RoundStep((most / 5) - (least / 5));
        (double first, double last) = (Math.Floor(least / Step), Math.Ceiling(most / Step));
        Ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * Step)];
        (_least, _most, _start, _end) = (Ticks[0], Ticks[^1], start, end);
    }

    /// <summary>The distance between two ticks: 1, 2 or 5 times a power of ten.</summary>
    public double Step { get; }

    /// <summary>The ticks, both ends of the axis included.</summary>
    public double[] Ticks { get; }

    /// <summary>The pixel of a value.</summary>
    public double Pixel(double value) => _start + ((value - _least) / (_most - _least) * (_end - _start));

    /// <summary>The text at a tick: as many digits as tell it from its neighbours.</summary>
    public string Label(double tick)
    {
        if (Math.Abs(_least) >= 1e7 || Math.Abs(_most) >= 1e7 || Step < 1e-6)
            return tick.ToString("G3", CultureInfo.InvariantCulture);

        int decimals = Math.Clamp((int)-Math.Floor(Math.Log10(Step)), 0, 15);
        return tick.ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1.001 => 1,
            <= 2.001 => 2,
            <= 5.001 => 5,
            _ => 10,
        } * power;
    }
}
