namespace NativeNet.Numerics;

/// <summary>The order in which one output element adds up its products: part of the numeric contract.</summary>
public static class AccumulationOrder
{
    /// <summary>
    /// P, the number of chains in the forward sum of one unit: chain p takes the inputs k = p mod P, and the chains are
    /// added in halves.
    /// </summary>
    /// <remarks>
    /// A function of the shape alone, so that the bits are one on every instruction set. One fused multiply-add has to
    /// wait four cycles for the one before it, so a layer too narrow to fill the machine with independent outputs splits
    /// each sum: 64 outputs are four 512-bit or eight 256-bit chains by themselves, 32 need two each, 16 or fewer need
    /// four; below four the sum is a dot product over 16 lanes. A chain shorter than two products would cost more in the
    /// final additions than it saves.
    /// </remarks>
    /// <param name="inputs">K, the products of the sum.</param>
    /// <param name="units">N, the outputs of the layer.</param>
    /// <returns>A power of two from 1 to 16.</returns>
    public static int Chains(int inputs, int units)
    {
        int chains = units switch
        {
            >= 64 => 1,
            >= 32 => 2,
            >= 4 => 4,
            _ => 16,
        };

        while (chains > 1 && 2 * chains > inputs)
            chains /= 2;

        return chains;
    }
}
