using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>Panels of one width: all full panels of a matrix, or its narrower last one.</summary>
/// <param name="FirstPanel">The number of the first panel.</param>
/// <param name="PanelCount">How many panels; more than one only for full ones.</param>
/// <param name="PanelWidth">Columns a panel, padding included.</param>
/// <param name="Columns">Columns a panel without padding.</param>
internal readonly record struct ColumnRegion(int FirstPanel, int PanelCount, int PanelWidth, int Columns)
{
    /// <summary>The first column.</summary>
    public int FirstColumn => FirstPanel * Target.DensePanel;

    /// <summary>The regions of <paramref name="matrix"/>, in order of columns: one or two.</summary>
    public static EquatableArray<ColumnRegion> Of(PanelMatrix matrix)
    {
        int full = matrix.Columns / Target.DensePanel;
        int rest = matrix.Columns % Target.DensePanel;
        var regions = new List<ColumnRegion>();
        if (full > 0)
            regions.Add(new ColumnRegion(0, full, Target.DensePanel, Target.DensePanel));
        if (rest > 0)
            regions.Add(new ColumnRegion(full, 1, matrix.LastWidth, rest));
        return new EquatableArray<ColumnRegion>([.. regions]);
    }
}
