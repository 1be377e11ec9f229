namespace NativeNet.Compiler.Planning;

/// <summary>One of the three instruction set families that code is emitted for.</summary>
/// <param name="Lanes">Floats a vector.</param>
/// <param name="Registers">Vector registers that a kernel may use.</param>
/// <param name="Accumulators">The most accumulators of a tile.</param>
/// <remarks>
/// A tile holds its accumulators, its vectors and one broadcast in registers; one register too many and RyuJIT spills in
/// the inner loop, which halves the speed (measured: 6×2 reaches 99 % of the fma peak with 16 registers, 3×4 and 7×2
/// about 50 %). With 32 registers 16 accumulators already reach the peak, and more make the tails longer. The 128-bit
/// family plans for the 32 registers of NEON: on x64 it runs only where there is no fused multiply-add in hardware, and
/// there each one is a call.
/// </remarks>
internal readonly record struct VectorWidth(int Lanes, int Registers, int Accumulators)
{
    public static VectorWidth Bits512 { get; } = new(16, 32, 16);

    public static VectorWidth Bits256 { get; } = new(8, 16, 12);

    public static VectorWidth Bits128 { get; } = new(4, 32, 16);

    /// <summary>Bits a vector: 512, 256 or 128.</summary>
    public int Bits => 32 * Lanes;

    /// <summary>The elementwise lane type for rows of <paramref name="samples"/> samples, for example <c>Lanes512</c>.</summary>
    public string LaneType(int samples) => FormattableString.Invariant($"Lanes{32 * Math.Min(Lanes, samples)}");

    /// <summary>All widths, widest first: the order in which emitted code asks for hardware support.</summary>
    public static VectorWidth[] All => [Bits512, Bits256, Bits128];
}
