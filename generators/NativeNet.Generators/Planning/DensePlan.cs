using NativeNet.Description;

namespace NativeNet.Generators.Planning;

/// <summary>Everything that the code of one dense layer depends on, decided.</summary>
/// <param name="Name">The prefix of its methods and constants, for example <c>Dense1</c>.</param>
/// <param name="Spec">The layer.</param>
/// <param name="Parameters">Where its parameters lie.</param>
/// <param name="Chains">P, the chains of a forward sum.</param>
/// <param name="InputStride">Floats from one sample's inputs to the next's.</param>
/// <param name="OutputStride">Floats from one sample's outputs to the next's, in activations and gradients.</param>
/// <param name="IsFirst">Its inputs are the network's: nobody needs their gradient.</param>
/// <param name="Kernels">The tiles, one entry a vector width, widest first.</param>
internal sealed record DensePlan(
    string Name,
    DenseSpec Spec,
    LayerParameters Parameters,
    int Chains,
    int InputStride,
    int OutputStride,
    bool IsFirst,
    EquatableArray<DenseKernels> Kernels)
{
    /// <summary>The workspace constant of its outputs in training.</summary>
    public string Activation => Name + "Outputs";

    /// <summary>The workspace constant of the gradient with respect to its sums.</summary>
    public string Gradient => Name + "Gradient";

    /// <summary>The inputs that a share of the weight gradient is cut at: whole tiles of every region.</summary>
    public int UpdateGrain(int widthIndex)
        => Kernels[widthIndex].WeightGradient.Aggregate(1, static (grain, part) => LeastCommonMultiple(grain, part.Tile.Rows));

    private static int LeastCommonMultiple(int a, int b)
    {
        int multiple = a;
        while (multiple % b != 0)
            multiple += a;
        return multiple;
    }

    /// <summary>Multiply-adds of one sample's forward pass.</summary>
    public long MultiplyAdds => (long)Spec.Inputs * Spec.Units;

    /// <summary>Vector multiply-adds of one prediction.</summary>
    public long SingleOperations(int widthIndex) => (long)Spec.Inputs
        * Kernels[widthIndex].Single.Sum(static part => part.Region.PanelCount * part.Region.PanelWidth / part.Tile.Lanes);
}

/// <summary>The tiles of one dense layer at one vector width.</summary>
/// <param name="Forward">Rows are samples, vectors lie over units; one step a number of rows, most rows first.</param>
/// <param name="Single">The same for one sample, where only vectors and chains keep the machine busy; one tile a region.</param>
/// <param name="WeightGradient">Rows are inputs, vectors lie over units; one tile a region.</param>
/// <param name="InputGradient">Rows are inputs, vectors lie over samples.</param>
/// <param name="TransposeBlock">The square block, as wide as a vector, that turns gradients between their two forms.</param>
internal sealed record DenseKernels(
    EquatableArray<RowStep> Forward, EquatableArray<RegionTile> Single, EquatableArray<RegionTile> WeightGradient, Tile InputGradient,
    Tile TransposeBlock);

/// <summary>A region with the tile that walks it.</summary>
/// <param name="Region">The panels.</param>
/// <param name="Tile">The register tile.</param>
internal readonly record struct RegionTile(ColumnRegion Region, Tile Tile);

/// <summary>The tiles for one number of rows.</summary>
/// <param name="Rows">Rows a tile, at least 2.</param>
/// <param name="Tiles">One tile a region.</param>
internal sealed record RowStep(int Rows, EquatableArray<RegionTile> Tiles);
