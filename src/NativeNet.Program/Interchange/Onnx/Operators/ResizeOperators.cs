using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Resize and its predecessor Upsample, where they show every position a whole number of times.</summary>
internal static class ResizeOperators
{
    private const string WayOut = "resize by a whole number to the nearest position (in PyTorch Upsample(scale_factor=2))";

    /// <summary>Upsample.</summary>
    public static void Upsample(OperatorCall call)
    {
        if (call.Word("mode", "nearest") != "nearest")
            throw call.Unsupported("weighs positions, where layers show the nearest one", WayOut);
        Repeat(call, Scales(call, call.Find("scales")?.Floats ?? [.. call.Constant(1).Floats]), static (place, scale, _) => Math.Floor(place / scale));
    }

    /// <summary>Resize.</summary>
    public static void Resize(OperatorCall call)
    {
        string mode = call.Word("mode", "nearest"), rounding = call.Word("nearest_mode", "round_prefer_floor");
        string transformation = call.Word("coordinate_transformation_mode", call.Opset < 11 ? "asymmetric" : "half_pixel");
        foreach (string irrelevant in (ReadOnlySpan<string>)["cubic_coeff_a", "exclude_outside", "extrapolation_value", "antialias"])
            call.Find(irrelevant);
        if (call.Word("keep_aspect_ratio_policy", "stretch") != "stretch")
            throw call.Unsupported("finds its scales by its sizes", WayOut);
        if (mode != "nearest")
            throw call.Unsupported($"weighs positions ({mode}), where layers show the nearest one", WayOut);

        int scales = call.Opset < 11 ? 1 : 2, rank = call.Sample(0).Map.Rank;
        ImmutableArray<int> axes = call.Integers("axes") is { } named ? [.. named.Select(axis => call.Axis(axis, rank))] : [.. Enumerable.Range(0, rank)];
        float[] factors = [.. Enumerable.Repeat(1f, rank)];
        bool isSized = call.Has(3) && call.Constant(3).Count > 0;
        float[] given = isSized ? [.. call.Constant(3).Integers.Select(static size => (float)size)] : call.Constant(scales).Floats;
        for (int i = 0; i < axes.Length; i++)
            factors[axes[i]] = given.Length == axes.Length ? given[i] / (isSized ? call.Sample(0).Map[axes[i]] : 1) : throw call.Unsupported("has another number of scales than axes");

        Repeat(call, Scales(call, [.. factors]), (place, scale, size) => Round(rounding, transformation switch
        {
            "asymmetric" => place / scale,
            "half_pixel" or "half_pixel_symmetric" => ((place + 0.5) / scale) - 0.5,
            "pytorch_half_pixel" => size * scale > 1 ? ((place + 0.5) / scale) - 0.5 : 0,
            "align_corners" => size * scale > 1 ? place * (size - 1.0) / ((size * scale) - 1) : 0,
            _ => throw call.Unsupported($"places its positions in a way of its own ({transformation})", WayOut),
        }));
    }

    /// <summary>Positions as whole numbers, in the way that a node says.</summary>
    private static double Round(string rounding, double place) => rounding switch
    {
        "floor" => Math.Floor(place),
        "ceil" => Math.Ceiling(place),
        "round_prefer_ceil" => Math.Floor(place + 0.5),
        _ => Math.Ceiling(place - 0.5),
    };

    private static ImmutableArray<int> Scales(OperatorCall call, ImmutableArray<float> scales)
        => scales.All(static scale => scale is >= 1 and <= Description.NetworkLimits.WindowSide && scale == MathF.Floor(scale))
            ? [.. scales.Select(static scale => (int)scale)]
            : throw call.Unsupported("shows positions less than once, or no whole number of times", WayOut);

    /// <summary>Adds the layer, where every position is the one that it shows.</summary>
    /// <param name="call">The node.</param>
    /// <param name="scales">How often each axis shows a position.</param>
    /// <param name="nearest">Of a position of the output, a scale and a size the position of the input.</param>
    private static void Repeat(OperatorCall call, ImmutableArray<int> scales, Func<double, double, int, double> nearest)
    {
        SampleValue sample = call.Sample(0);
        AxisMap map = sample.Map;
        if (map.Rank < 3 || scales.Length != map.Rank || scales[0] != 1 || scales[1] != 1)
            throw call.Unsupported("resizes samples or channels, or not every axis", WayOut);

        int source = Images.SourceOf(call, sample);
        int[] sizes = [.. scales.Skip(2)];
        if (sizes.Where((scale, side) => (long)scale * map[side + 2] > Description.NetworkLimits.Size).Any())
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"gives an axis longer than {Description.NetworkLimits.Size}, the limit of a network"));

        int[] outputs = [.. sizes.Select((scale, side) => scale * map[side + 2])];
        for (int side = 0; side < sizes.Length; side++)
        {
            int size = map[side + 2];
            for (int place = 0; place < outputs[side]; place++)
            {
                if (Math.Clamp(nearest(place, sizes[side], size), 0, size - 1) != place / sizes[side])
                    throw call.Unsupported("rounds to other positions than the one that is shown several times", WayOut);
            }
        }

        string keys = string.Create(CultureInfo.InvariantCulture, $", \"size\": {(sizes.Distinct().Count() == 1 ? sizes[0] : $"[{string.Join(", ", sizes)}]")}");
        call.Set(
            new LayerDraft(sizes.Length == 1 ? "upsample1d" : "upsample2d", keys, [source], [.. outputs, map[1]]),
            Images.MapOf(map.Batch, map[1], outputs));
    }
}
