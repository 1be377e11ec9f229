using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Everything that the code of one dense layer depends on, decided.</summary>
/// <param name="Dense">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights and biases.</param>
/// <param name="Chains">P, the chains of a forward sum.</param>
/// <param name="Gradient">The gradient with respect to its sums, in rows: what the weight gradient reads; that of the outputs, changed in place, where that lies in rows.</param>
/// <param name="Kernels">The tiles, one entry a vector width, widest first.</param>
internal sealed record DensePlan(
    DenseSpec Dense,
    LayerViews Views,
    EquatableArray<ParameterTensor> Tensors,
    int Chains,
    View Gradient,
    EquatableArray<DenseKernels> Kernels)
    : LayerPlan(Dense, Views, Tensors)
{
    /// <summary>Where its weights lie.</summary>
    public ParameterTensor Weights => Tensor("weight");

    /// <summary>Where its biases lie, or null where it has none.</summary>
    public ParameterTensor? Bias => Dense.HasBias ? Tensor("bias") : null;

    /// <summary>Floats from one sample's inputs to the next's.</summary>
    public int InputStride => Views.Input.Stride;

    /// <summary>Floats from one sample's outputs to the next's, in activations and gradients.</summary>
    public int OutputStride => Views.Output.Stride;

    public override View SumGradient => Gradient;

    /// <summary>Whether it goes back and updates in one pass: for one sample, where no sum over the batch is waited for.</summary>
    public bool IsOfOneSample { get; init; }

    /// <summary>Where the gradient of the sums has a place of its own, it is always made.</summary>
    public override bool NeedsBackward => !IsInPlace || TakesActivationBack || base.NeedsBackward;

    public override bool UpdatesOnTheWayBack => IsOfOneSample && LearnsWeights && Views.WantsInputGradient;

    /// <summary>Whether the gradient of the outputs has to be turned into that of the sums.</summary>
    public bool TakesActivationBack => Dense.Activation.Kind != ActivationKind.None && !Views.IsTakenBack;

    public override IEnumerable<View> BackwardReads
        => [Views.Incoming, .. TakesActivationBack ? [Views.Kept] : Array.Empty<View>(), .. AddedTo, .. Views.WantsInputGradient ? ParameterViews : []];

    /// <summary>An input is read for the last time when its own gradient is written.</summary>
    public override IEnumerable<Replacement> BackwardInPlace
        => UpdatesOnTheWayBack ? [new Replacement(Views.Input, Views.InputGradient.Gradient!)] : [];

    public override IEnumerable<View> BackwardWrites => [Gradient, .. IsInPlace ? [] : (View[])[Views.Incoming], .. base.BackwardWrites];

    public override IEnumerable<View> GradientViews => [Gradient, Views.Incoming];

    /// <summary>Whether the gradients of outputs and sums are one buffer.</summary>
    private bool IsInPlace => Gradient.Buffer == Views.Incoming.Buffer;

    public override int ScratchLength => Math.Max(base.ScratchLength, Kernels.Select(static kernels => kernels.WeightGradient.Max(static part => part.ScratchLength)).DefaultIfEmpty().Max());

    public override string SumOrder => Chains == 1 ? "1 chain" : FormattableString.Invariant($"{Chains} chains");

    /// <summary>The inputs that a share of the weight gradient is cut at: whole tiles of every region.</summary>
    public int UpdateGrain(int widthIndex)
        => Kernels[widthIndex].WeightGradient.Aggregate(1, static (grain, part) => LeastCommonMultiple(grain, part.Inputs));

    public override long? SingleOperations(int widthIndex) => Kernels[widthIndex].Straight.Sum(part => part.Operations(Dense.Inputs));

    public override int LongActivations(int widthIndex) => InliningBudget.IsLong(Dense.Activation)
        ? Kernels[widthIndex].Straight.Sum(static part => part.Region.PanelCount * part.Region.PanelWidth / part.Outputs.Lanes)
        : 0;

    public override IEnumerable<(string Operation, IEnumerable<string> Tiles)> DescribeTiles()
    {
        yield return ("forward", Kernels.Select(static k => k.Forward.Count == 0 ? "none" : Texts(k.Forward[0].Tiles)));
        yield return ("forward, one sample", Kernels.Select(static k => Texts(k.Single)));
        yield return ("weight gradient", Kernels.Select(static k => string.Join(", ", k.WeightGradient.Select(static part => part.ToString()))));
        if (Views.InputGradient.Gradient is not null)
            yield return ("input gradient, over the batch", Kernels.Select(static k => string.Join(", ", k.InputGradient.Select(static tile => tile.ToString()))));
    }

    public override string DescribeStraight(int widthIndex)
        => string.Join(", ", Kernels[widthIndex].Straight.Select(static part => part.ToString()));

    private static string Texts(EquatableArray<RegionTile> tiles) => string.Join(", ", tiles.Select(static part => part.Tile.ToString()));

    private static int LeastCommonMultiple(int a, int b)
    {
        int multiple = a;
        while (multiple % b != 0)
            multiple += a;
        return multiple;
    }
}

/// <summary>The tiles of one dense layer at one vector width.</summary>
/// <param name="Forward">Rows are samples, vectors lie over units; one step a number of rows, most rows first.</param>
/// <param name="Single">The same for one sample, where only vectors and chains keep the machine busy; one tile a region.</param>
/// <param name="Straight">The same without loops and with the inputs in registers, for tiny networks.</param>
/// <param name="WeightGradient">One tile a region.</param>
/// <param name="InputGradient">Rows are inputs, vectors lie over samples; the widest tile first.</param>
/// <param name="TransposeBlock">The square block, as wide as a vector, that turns gradients between their two forms.</param>
internal sealed record DenseKernels(
    EquatableArray<RowStep> Forward, EquatableArray<RegionTile> Single, EquatableArray<StraightTile> Straight,
    EquatableArray<GradientTile> WeightGradient, EquatableArray<Tile> InputGradient, Tile TransposeBlock);

/// <summary>A region with the tile that walks it.</summary>
/// <param name="Region">The panels.</param>
/// <param name="Tile">The register tile.</param>
internal readonly record struct RegionTile(ColumnRegion Region, Tile Tile);

/// <summary>The tiles for one number of rows.</summary>
/// <param name="Rows">Rows a tile, at least 2.</param>
/// <param name="Tiles">One tile a region.</param>
internal sealed record RowStep(int Rows, EquatableArray<RegionTile> Tiles);
