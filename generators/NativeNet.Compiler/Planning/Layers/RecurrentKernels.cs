using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>The tiles of a recurrent layer at one vector width.</summary>
/// <param name="Frames">Rows are sums of units, vectors lie over samples, one chain for even elements and one for odd.</param>
/// <param name="ToState">Rows are elements of h, vectors lie over samples.</param>
/// <param name="ToInputs">Rows are channels of x, vectors lie over samples.</param>
/// <param name="Regions">Panels of equal size with the tiles whose vectors lie over units.</param>
internal sealed record RecurrentKernels(Tile Frames, Tile ToState, Tile ToInputs, EquatableArray<RecurrentRegion> Regions)
{
    /// <summary>The rows of weights of a tile of gradients.</summary>
    public int GradientRows => Regions[0].Gradient.Rows;

    /// <summary>Chooses the tiles of a layer.</summary>
    /// <param name="width">The instruction set family.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="block">The samples of a block.</param>
    public static RecurrentKernels Create(VectorWidth width, RecurrentSpec layer, int block)
    {
        int full = layer.Units / Target.UnitPanel, rest = layer.Units % Target.UnitPanel;
        var regions = new List<RecurrentRegion>();
        if (full > 0)
            regions.Add(Region(width, layer, 0, full, Target.UnitPanel, Target.UnitPanel, mostRows: Target.UnitPanel));
        if (rest > 0)
            regions.Add(Region(width, layer, full, 1, new PanelMatrix(1, layer.Units, Target.UnitPanel).LastWidth, rest, full > 0 ? regions[0].Gradient.Rows : Target.UnitPanel));
        return new RecurrentKernels(
            TilePlanner.Choose(width, block, Target.UnitPanel, chains: 2),
            TilePlanner.Choose(width, block, layer.Units, chains: 1),
            TilePlanner.Choose(width, block, layer.Inputs, chains: 1),
            new([.. regions]));
    }

    private static RecurrentRegion Region(VectorWidth width, RecurrentSpec layer, int first, int count, int panelWidth, int units, int mostRows)
    {
        int lanes = Math.Min(width.Lanes, panelWidth), vectors = panelWidth / lanes, gates = layer.Gates;
        while (gates > 1 && (layer.Gates % gates != 0 || 2 * gates * vectors > width.Accumulators))
            gates--;
        Tile gradient = TilePlanner.Choose(width with { Lanes = lanes }, layer.Gates * panelWidth, layer.Units, chains: 1, mostRows);
        return new RecurrentRegion(first, count, panelWidth, units, new Tile(lanes, 1, gates * vectors, 2), gradient);
    }
}

/// <summary>Panels of units of equal size.</summary>
/// <param name="First">The first panel.</param>
/// <param name="Count">How many panels there are.</param>
/// <param name="Width">The units of a panel, padding included.</param>
/// <param name="Units">Those without padding.</param>
/// <param name="OneFrame">For one frame of one sample: the vectors of whole gates, one chain for even elements and one for odd.</param>
/// <param name="Gradient">For the gradients of weights: rows are what they are multiplied with, vectors lie over the units of all gates.</param>
internal sealed record RecurrentRegion(int First, int Count, int Width, int Units, Tile OneFrame, Tile Gradient);
