using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// Sums over the samples of a batch while they are 16 chains each, sample b in chain b mod 16: one vector of 16 floats a sum.
/// </summary>
/// <remarks>
/// The chains lie in a thread's scratch with as much room behind them, in which the chains of samples that do not exist wait
/// while a vector that is only partly used is added.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SampleChains
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>Where chains begin in a thread's scratch: behind a tile of gradients.</summary>
    public const int Offset = 256;

    /// <summary>Keeps chains as they are.</summary>
    /// <param name="chains">(sums, 16).</param>
    /// <param name="sums">How many.</param>
    /// <param name="kept">Where to keep them: floats from the chains on.</param>
    public static void Keep(ref float chains, int sums, int kept)
        => MemoryMarshal.CreateSpan(ref chains, sums * Chains).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref chains, kept), sums * Chains));

    /// <summary>Takes back what has been added since to the chains of samples that do not exist.</summary>
    /// <param name="chains">(sums, 16).</param>
    /// <param name="sums">How many.</param>
    /// <param name="kept">Where they are kept.</param>
    /// <param name="samples">The samples that exist, fewer than 16.</param>
    public static void Restore(ref float chains, int sums, int kept, nuint samples)
    {
        for (int sum = 0; sum < sums * Chains; sum += Chains)
        {
            for (int chain = sum + (int)samples; chain < sum + Chains; chain++)
                Unsafe.Add(ref chains, chain) = Unsafe.Add(ref chains, kept + chain);
        }
    }

    /// <summary>Adds the chains of each sum in halves.</summary>
    /// <param name="chains">(rows, stride, 16).</param>
    /// <param name="rows">Rows of sums.</param>
    /// <param name="stride">Sums from row to row.</param>
    /// <param name="columns">Sums a row.</param>
    /// <param name="tile">(rows, stride), overwritten in the first columns.</param>
    public static void Fold(ref float chains, int rows, int stride, int columns, ref float tile)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = row * stride; column < (row * stride) + columns; column++)
                Unsafe.Add(ref tile, column) = ChainFold.Fold(ref Unsafe.Add(ref chains, column * Chains));
        }
    }
}
