using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>What code is made for: how values and parameters lie in memory. Nothing of it changes a bit of a result.</summary>
/// <param name="Name">Its name in texts.</param>
/// <param name="Widths">The vector widths that code is emitted for, widest first; none where there are no vectors.</param>
/// <param name="Alignment">Floats that every buffer begins at a multiple of.</param>
/// <param name="Overhang">Floats behind one sample's value that the last vector over its channels may reach.</param>
internal sealed record Target(string Name, EquatableArray<VectorWidth> Widths, int Alignment, int Overhang)
{
    /// <summary>The columns of a full panel where a sum runs over a whole sample.</summary>
    public const int DensePanel = 32;

    /// <summary>The units of a recurrent layer that lie side by side: one vector of 512 bits of each gate.</summary>
    public const int UnitPanel = 16;

    /// <summary>The samples of a block: the most, and what they are where that would leave lanes empty.</summary>
    private const int FullBlock = 32, HalfBlock = 16;

    /// <summary>
    /// Rows 2 KB apart fall into two sets of a first-level cache and evict each other (6 to 7 % of a weight gradient);
    /// another 16 floats spread them.
    /// </summary>
    private const int BadStride = 512;

    /// <summary>Vectors of 512, 256 and 128 bits: padded rows for dense layers, blocks of samples side by side for all others.</summary>
    public static Target Simd { get; } = new("simd", new([.. VectorWidth.All]), Alignment: 16, Overhang: 16);

    /// <summary>Scalars: one sample behind the other, no lanes, no blocks, no padding anywhere.</summary>
    public static Target Scalar { get; } = new("scalar", default, Alignment: 1, Overhang: 0);

    /// <summary>Whether there are vectors, and with them blocks of samples, padding and several threads.</summary>
    public bool IsVectorized => Widths.Count > 0;

    /// <summary>
    /// The most frames of a signal that are processed at once: enough that calls and the ends of tiles are a small part of the
    /// work, few enough that what lies between the layers stays in a first-level cache.
    /// </summary>
    public int StretchFrames => IsVectorized ? 32 : 1;

    /// <summary>How a layer takes the samples of a batch.</summary>
    public SampleForm FormOf(LayerSpec layer) => !IsVectorized || layer is DenseSpec { IsOverFrames: false } ? SampleForm.Rows : SampleForm.Blocks;

    /// <summary>How gradients travel from layer to layer.</summary>
    public SampleForm GradientForm => IsVectorized ? SampleForm.Blocks : SampleForm.Rows;

    /// <summary>Floats from one row of a batch to the next: padded as the columns of a matrix are, which is what dense layers write.</summary>
    /// <param name="length">The elements of a sample.</param>
    public int RowStride(int length)
    {
        if (!IsVectorized)
            return length;

        int padded = PaddedLength(length);
        return padded % BadStride == 0 ? padded + 16 : padded;
    }

    /// <summary>The elements that a dense layer's kernels write for a sample.</summary>
    /// <param name="length">The units.</param>
    public int PaddedLength(int length) => IsVectorized ? new PanelMatrix(1, length, DensePanel).PaddedColumns : length;

    /// <summary>
    /// The columns of a full panel of a tensor: all outputs where nothing is padded, and where every position meets them,
    /// so that the products of a tap lie in one piece.
    /// </summary>
    /// <param name="tensor">The tensor, outputs first.</param>
    public int PanelWidth(ParameterSpec tensor)
    {
        int columns = tensor.Dimensions[0];
        if (!IsVectorized)
            return columns;
        if (tensor.Gates > 0)
            return UnitPanel;

        return tensor.IsShared ? Math.Max(DensePanel, (columns + 15) / 16 * 16) : DensePanel;
    }

    /// <summary>The gates that lie side by side in every panel of a tensor; 1 where nothing is gained by it.</summary>
    /// <param name="tensor">The tensor, outputs first.</param>
    public int Gates(ParameterSpec tensor) => IsVectorized ? Math.Max(1, tensor.Gates) : 1;

    /// <summary>Rounds up to the alignment.</summary>
    /// <param name="floats">A number of floats.</param>
    public int Align(int floats) => checked(floats + Alignment - 1) / Alignment * Alignment;

    /// <summary>The samples that there is room for: whole vectors; batches under 16 use narrower vectors rather than empty lanes.</summary>
    /// <param name="batchSize">The samples of a batch.</param>
    public int BatchLanes(int batchSize) => !IsVectorized ? batchSize : batchSize switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => (batchSize + 15) / 16 * 16,
    };

    /// <summary>
    /// The samples that lie side by side; 1 where there are no blocks. Weights that every position of an image meets have gradients
    /// of 16 samples at a time, between which wider blocks would leave gaps in memory, and more of a smaller block stays in a
    /// second-level cache from layer to layer.
    /// </summary>
    /// <param name="spec">The network.</param>
    public int BlockSize(NetworkSpec spec)
    {
        if (!IsVectorized)
            return 1;

        int lanes = BatchLanes(spec.BatchSize);
        bool isFull = lanes % FullBlock == 0 && !spec.Layers.Any(static layer => layer.Parameters.Any(static tensor => tensor.IsShared));
        return Math.Min(lanes, isFull ? FullBlock : HalfBlock);
    }

    /// <summary>
    /// Where threads cut a batch. Halves of blocks keep two threads busy where there is an odd number of blocks: with batches
    /// of 32, 784-512-512-10 takes 0.23 ms instead of 0.34. Layers over blocks would leave half of their lanes empty.
    /// </summary>
    /// <param name="spec">The network.</param>
    public int PartSize(NetworkSpec spec)
    {
        int block = BlockSize(spec);
        bool halves = BatchLanes(spec.BatchSize) % (2 * FullBlock) != 0
            && spec.Layers.All(layer => layer.IsView || FormOf(layer) == SampleForm.Rows);
        return halves ? Math.Min(block, HalfBlock) : block;
    }
}
