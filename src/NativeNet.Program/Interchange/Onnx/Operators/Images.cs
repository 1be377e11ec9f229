using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>Values as images (rows, columns, channels) and signals (positions, channels).</summary>
internal static class Images
{
    /// <summary>What gives an image or a signal as layers want it.</summary>
    /// <param name="call">The node.</param>
    /// <param name="sample">Samples, channels, then one or two other axes.</param>
    public static int SourceOf(OperatorCall call, SampleValue sample)
    {
        AxisMap map = sample.Map;
        if (map.Rank is not (3 or 4) || map.BatchAxis != 0)
            throw call.Unsupported($"reads [{string.Join(", ", map.Dimensions)}], which is no image of samples, channels, rows and columns and no signal", "layers walk along one axis or two");

        int[] memory = Memory(map.Rank);
        return map.IsInMemoryOrder(memory)
            ? call.Draft.View(sample.Source, [.. memory.Select(axis => map[axis])])
            : throw call.Unsupported("reads an image whose channels are not last here", "feed channels as ONNX has them, (samples, channels, rows, columns)");
    }

    /// <summary>The map of an image or a signal that a layer gives.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="sides">Its other axes.</param>
    public static AxisMap MapOf(int batch, int channels, IEnumerable<int> sides)
    {
        ImmutableArray<int> dimensions = [batch, channels, .. sides];
        return AxisMap.Of(dimensions, 0, Memory(dimensions.Length));
    }

    private static int[] Memory(int rank) => [.. Enumerable.Range(2, rank - 2), 1];
}
