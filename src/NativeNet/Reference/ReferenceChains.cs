using System.Numerics;

namespace NativeNet.Reference;

/// <summary>The contract's sum over the samples and positions of a batch: 16 chains, sample b in chain b mod 16.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class ReferenceChains<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 16;

    /// <summary>Adds up the batch: in each chain samples ascending, in each sample positions ascending.</summary>
    /// <param name="count">The samples.</param>
    /// <param name="positions">The positions of a sample.</param>
    /// <param name="add">The sum with the term of a sample and a position.</param>
    public static T Sum(int count, int positions, Func<T, int, int, T> add)
    {
        var chains = new T[Chains];
        for (int b = 0; b < count; b++)
        {
            for (int position = 0; position < positions; position++)
                chains[b % Chains] = add(chains[b % Chains], b, position);
        }

        for (int half = Chains / 2; half > 0; half /= 2)
        {
            for (int p = 0; p < half; p++)
                chains[p] += chains[p + half];
        }

        return chains[0];
    }
}
