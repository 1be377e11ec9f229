using System.Globalization;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>What cropping layers leave of a value.</summary>
/// <remarks>They crop the positions of signals and images. Any value is one of these under another shape, its channels positions too.</remarks>
internal static class Cropping
{
    /// <summary>A value without elements at the ends of its axes.</summary>
    /// <param name="call">The node.</param>
    /// <param name="sample">The value, of which something is left.</param>
    /// <param name="edges">For each axis how many are left out before what is left and behind it.</param>
    public static SampleValue Crop(OperatorCall call, SampleValue sample, IReadOnlyList<(int Before, int Behind)> edges)
    {
        AxisMap map = sample.Map;
        if (edges.All(static edge => edge == (0, 0)))
            return sample;
        if (edges[map.BatchAxis] != (0, 0))
            throw call.Unsupported("leaves samples out", "leave them out before the network");
        if (map.MemoryOrder() is not { } order)
            throw call.Unsupported("leaves out elements that do not lie side by side here", "cut images before they are flattened");

        List<Side> sides = [.. order.Where(axis => map[axis] > 1).Select(axis => new Side(map[axis], edges[axis].Before, edges[axis].Behind))];
        LayerDraft layer = Layer(call, sample.Source, sides) ?? Layer(call, sample.Source, Merged(sides))
            ?? throw call.Unsupported("cuts along more axes than layers do", "cut rows and columns of images, or channels");
        return new SampleValue(call.Draft.Add(layer), map.Resize(order, edges.Select((edge, axis) => map[axis] - edge.Before - edge.Behind)));
    }

    /// <summary>The layer that crops all sides but the last, which are at most two; null where they are more.</summary>
    private static LayerDraft? Layer(OperatorCall call, int source, List<Side> sides)
    {
        // What is cropped is no channel; one number at each position is.
        if (sides[^1].IsCropped)
            sides = [.. sides, new Side(1, 0, 0)];
        if (sides.Count is not (2 or 3))
            return null;

        string[] names = sides.Count == 2 ? ["before", "behind"] : ["top", "bottom", "left", "right"];
        string keys = string.Concat(sides.SkipLast(1).SelectMany(static side => new[] { side.Before, side.Behind })
            .Select((edge, i) => edge == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", \"{names[i]}\": {edge}")));
        return new LayerDraft(
            sides.Count == 2 ? "cropping1d" : "cropping2d", keys, [call.Draft.View(source, [.. sides.Select(static side => side.Size)])], [.. sides.Select(static side => side.Left)]);
    }

    /// <summary>Sides that stay whole and lie beside each other as one.</summary>
    private static List<Side> Merged(List<Side> sides)
    {
        List<Side> merged = [];
        foreach (Side side in sides)
        {
            if (merged is [.., { IsCropped: false } last] && !side.IsCropped)
                merged[^1] = new Side(last.Size * side.Size, 0, 0);
            else
                merged.Add(side);
        }

        return merged;
    }

    private readonly record struct Side(int Size, int Before, int Behind)
    {
        public bool IsCropped => Before + Behind > 0;

        public int Left => Size - Before - Behind;
    }
}
