using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Everything that the code of one convolution depends on, decided.</summary>
/// <param name="Layer">The layer: a convolution, or a dense layer over frames.</param>
/// <param name="Conv">The convolution that it is.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights, in one panel, and its biases, where it has them.</param>
/// <param name="Kernels">The tiles, one entry a vector width, widest first.</param>
internal sealed record ConvPlan(
    LayerSpec Layer, ConvSpec Conv, LayerViews Views, EquatableArray<ParameterTensor> Tensors, EquatableArray<ConvKernels> Kernels)
    : LayerPlan(Layer, Views, Tensors)
{
    /// <summary>Lines of 16 floats: 20 KB.</summary>
    private const int CacheLines = 320;

    /// <summary>
    /// Sums whose chains, 64 bytes each, lie side by side: 64 KB, or 264 KB where each walk over the batch is packed, which are
    /// 64 filters for 64 channels in tiles of three or six.
    /// </summary>
    private const int SumsAtOnce = 1024, PackedSumsAtOnce = 66 * 64;

    /// <summary>
    /// Channels or filters from which on their places alias in a cache, and weights from which on packing is little beside the
    /// products.
    /// </summary>
    private const int ManyChannels = 32, EnoughWeights = 64 * 32;

    /// <summary>The most taps of a row whose sums and values fit into 16 registers, and the most windows over an edge.</summary>
    private const int MostTaps = 7, MostEdgeWindows = 6;

    /// <summary>The frames before a stretch that its windows reach; null where they reach none, or it is no stretch that is computed.</summary>
    public FrameHistory? History { get; init; }

    public override bool SumsInChains => true;

    public override long StreamLength => History?.Length ?? 0;

    /// <summary>Where its weights lie, in one panel.</summary>
    public ParameterTensor Weights => Tensor("weight");

    /// <summary>Where its biases lie, or null where it has none.</summary>
    public ParameterTensor? Bias => Conv.HasBias ? Tensor("bias") : null;

    public override string SumOrder => "1 chain";

    public override bool NeedsBackward => TakesActivationBack || base.NeedsBackward;

    public override IEnumerable<View> BackwardReads
        => [Views.Incoming, .. TakesActivationBack ? [Views.Kept] : Array.Empty<View>(), .. AddedTo, .. Views.WantsInputGradient ? ParameterViews : []];

    public override IEnumerable<View> BackwardWrites => [.. TakesActivationBack ? [Views.Incoming] : Array.Empty<View>(), .. base.BackwardWrites];

    /// <summary>Whether each channel has one filter of its own, so that vectors over channels meet vectors over filters.</summary>
    public bool IsDepthwise => Conv.Groups > 1 && Conv.Groups == Conv.Window.Channels && Conv.Filters == Conv.Groups;

    /// <summary>
    /// The groups that are walked one by one. A depthwise layer's are walked like filters, several at a time.
    /// </summary>
    public int Groups => IsDepthwise ? 1 : Conv.Groups;

    /// <summary>The filters of a walk over a group.</summary>
    public int Filters => Conv.Filters / Groups;

    /// <summary>The channels of a walk over a group.</summary>
    public int Channels => Conv.Window.Channels / Groups;

    /// <summary>The products of one tap.</summary>
    public int TapProducts => Conv.GroupChannels;

    /// <summary>Whether all taps of a row of the kernel lie side by side in the image, channels included.</summary>
    public bool HasWholeRows => Conv.Groups == 1 && Conv.Window.Horizontal is { Dilation: 1 } or { Kernel: 1 };

    /// <summary>Whether every position has one window, of one tap that sees that position.</summary>
    public bool IsPointwise => Conv.Groups == 1 && Conv.Window.Taps == 1 && IsInside && Conv.Window is { Vertical.Stride: 1, Horizontal.Stride: 1 };

    /// <summary>Whether no window reaches over an edge.</summary>
    public bool IsInside => Conv.Window.Vertical.IsInside && Conv.Window.Horizontal.IsInside;

    /// <summary>
    /// Whether the weight gradient of a depthwise layer takes a row of the kernel at once. Each window meets one vector of
    /// gradients then, and what it shares with the window before stays in registers; alone, every tap would load both factors.
    /// Windows that reach over an edge are written out, so that there must be few of them.
    /// </summary>
    public bool TakesKernelRows => IsDepthwise && Conv.Window.Horizontal is { Kernel: > 1 and <= MostTaps } axis
        && axis.Output - axis.Interior().End + axis.Interior().First <= MostEdgeWindows && axis.FirstTap(0) < axis.EndTap(0);

    /// <summary>The products that a run of the weight gradient has: neighbours in memory that all windows have alike, or a row of the kernel.</summary>
    public int Run => TakesKernelRows || (HasWholeRows && IsInside) ? Conv.Window.Horizontal.Kernel * TapProducts : TapProducts;

    /// <summary>The runs of the weight gradient.</summary>
    public int Runs => Conv.Products / Run;

    /// <summary>
    /// The filters, padding included, of one call of the update rule: all of them, or what divides them; more where a channel is
    /// packed for one tap.
    /// </summary>
    public int UpdateColumns
    {
        get
        {
            int all = Weights.Matrix.PaddedColumns;
            return all <= 32 ? all : PacksChannels && Runs == 1 && all % 64 == 0 ? 64 : all % 32 == 0 ? 32 : 16;
        }
    }

    /// <summary>What an update is cut at: tiles of the products of a run.</summary>
    public int TilesOfProducts(Tile tile) => Runs * ((Run + tile.Rows - 1) / tile.Rows);

    /// <summary>
    /// How the weight gradient walks over windows: where each sees one position, and each position has one, they are a column of
    /// single ones, which may be cut anywhere.
    /// </summary>
    public Window2D UpdateWindow
    {
        get
        {
            if (!IsPointwise)
                return Conv.Window;

            var one = new WindowAxis(Input: 1, Kernel: 1, Stride: 1, Dilation: 1, Before: 0, Output: 1);
            int all = Conv.Window.OutputPositions;
            return Conv.Window with { Vertical = one with { Input = all, Output = all }, Horizontal = one };
        }
    }

    /// <summary>
    /// Rows of windows that a weight gradient takes at once in their own places: their gradients stay in a first-level cache of
    /// 32 KB beside what they meet of the image.
    /// </summary>
    public int Strip => Math.Max(1, IsPointwise
        ? Math.Min(CacheLines / Math.Min(UpdateColumns, Conv.Filters), Math.Min(PositionsInCache(Conv.Filters), PositionsInCache(Conv.Window.Channels)))
        : CacheLines / (Conv.Window.Horizontal.Output * Math.Min(UpdateColumns, Conv.Filters)));

    /// <summary>Whether the weight gradient packs the channels of its tiles, whose products are those of one tap.</summary>
    public bool PacksChannels => Conv.Groups == 1 && Run == TapProducts && Math.Max(Channels, Filters) >= ManyChannels && Conv.Products * Filters >= EnoughWeights;

    /// <summary>What the weight gradient packs; null where it takes everything from its own place.</summary>
    /// <param name="tile">The tile.</param>
    public PackedImages? Packed(Tile tile)
    {
        if (TakesKernelRows)
            return PackedImages.OfFilters(Conv.Window, Math.Min(UpdateColumns, Conv.Filters));
        if (!PacksChannels)
            return null;

        // Tiles at once may begin in the middle of the taps of a few channels, and end in the middle of others.
        int tiles = (TilesAtOnce(tile) + (2 * Runs) - 2) / Runs;
        return PackedImages.OfChannels(UpdateWindow, Math.Min(Channels, tiles * tile.Rows), Math.Min(Channels, tile.Rows), Math.Min(UpdateColumns, Conv.Filters));
    }

    /// <summary>Floats of what is packed at once.</summary>
    public int PackedLength => Kernels.Select(own => Packed(own.WeightGradient)?.Length ?? 0).DefaultIfEmpty().Max();

    /// <summary>Tiles of products that are summed side by side, as many as the chains' room allows.</summary>
    public int TilesAtOnce(Tile tile) => Math.Max(1, Math.Min((PacksChannels ? PackedSumsAtOnce : SumsAtOnce) / (tile.Rows * UpdateColumns), TilesOfProducts(tile)));

    /// <summary>Whether the gradients of the biases are summed from what is packed.</summary>
    public bool PacksBias => Bias is not null && (TakesKernelRows || PacksChannels);

    /// <summary>Floats of those chains, and of the biases'.</summary>
    public int ChainsLength(Tile tile) => ((TilesAtOnce(tile) * tile.Rows) + (PacksBias ? 1 : 0)) * UpdateColumns * 16;

    /// <summary>The plan with its windows in as long rows as there are: what code for one sample, which takes several of a row at once, walks over.</summary>
    public ConvPlan OverLongRows => Conv.Window.Flattened() is var window && window == Conv.Window ? this
        : this with { Conv = Conv with { Window = window }, HasLongRows = true };

    /// <summary>Whether its windows are those of <see cref="OverLongRows"/>.</summary>
    public bool HasLongRows { get; private init; }

    /// <summary>The name of its windows in generated code.</summary>
    public string WindowName => Name + (HasLongRows ? "Rows" : "") + "Window";

    /// <summary>Values of the image are read one by one, but for a depthwise layer, of whose channels there are vectors; frames of a stretch are copied into the ring.</summary>
    public override bool ReadsInputsAlone => !IsDepthwise || History is not null;

    /// <summary>The sums over samples whose chains there is room for, twice, in a thread's scratch.</summary>
    public int MostSums => Kernels.Select(own => ChainsLength(own.WeightGradient) / 16).DefaultIfEmpty().Max();

    /// <summary>Floats of a tile of gradients on its way to the update rule, in front of the chains.</summary>
    public int TileLength => Math.Max(base.ScratchLength, Kernels.Select(own => (own.WeightGradient.Rows * UpdateColumns) + 15).DefaultIfEmpty().Max() / 16 * 16);

    public override int ScratchLength => TileLength + (2 * 16 * MostSums) + PackedLength;

    /// <summary>Whether the gradient of the outputs has to be turned into that of the sums.</summary>
    public bool TakesActivationBack => Conv.Activation.Kind != ActivationKind.None && !Views.IsTakenBack;

    /// <summary>
    /// The positions of which 16 samples of a channel lie side by side in a cache with 64 sets: six of the eight ways of the sets
    /// that they fall into. Of 64 channels, all positions fall into the same one.
    /// </summary>
    private static int PositionsInCache(int channels) => 6 * 64 / Math.Min(64, channels & -channels);

    public override IEnumerable<(string Operation, IEnumerable<string> Tiles)> DescribeTiles()
    {
        yield return ("forward, over the batch", Kernels.Select(static k => k.Forward.ToString()));
        yield return ("forward, one sample", Kernels.Select(static k => string.Join(", ", k.Single.Select(static part => part.Tile.ToString()))));
        yield return ("weight gradient", Kernels.Select(static k => k.WeightGradient.ToString()));
        if (Views.InputGradient.Gradient is not null)
            yield return ("input gradient, over the batch", Kernels.Select(static k => k.InputGradient.ToString()));
    }
}

/// <summary>The tiles of one convolution at one vector width.</summary>
/// <param name="Forward">Rows are filters, vectors lie over samples.</param>
/// <param name="Single">For one sample: rows are positions, vectors lie over filters; one entry a stretch of filters.</param>
/// <param name="WeightGradient">Rows are products, vectors are filters, lanes are the chains of samples.</param>
/// <param name="InputGradient">Rows are channels, vectors lie over samples.</param>
internal sealed record ConvKernels(Tile Forward, EquatableArray<FilterStretch> Single, Tile WeightGradient, Tile InputGradient);

/// <summary>Filters that one kind of tile takes.</summary>
/// <param name="First">The first filter.</param>
/// <param name="Count">The filters, the last vector's padding included.</param>
/// <param name="Tile">The tile.</param>
/// <param name="KeepsKernelRow">Whether a row of the kernel stays in registers while windows side by side meet it.</param>
internal readonly record struct FilterStretch(int First, int Count, Tile Tile, bool KeepsKernelRow = false);
