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

    /// <summary>Positions that are packed together: as many places to read from, each of which the hardware fetches ahead.</summary>
    private const nuint Together = 8;

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

    /// <summary>Copies a few samples of images so that the positions of each channel lie in one piece.</summary>
    /// <typeparam name="TLanes">The width, at most that of the samples.</typeparam>
    /// <param name="from">(positions, channels, block), from the first sample on.</param>
    /// <param name="position">Floats from position to position there.</param>
    /// <param name="channel">Floats from channel to channel there.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="to">(channels, positions, samples), overwritten.</param>
    /// <param name="stride">Floats from channel to channel there.</param>
    public static void Pack<TLanes>(
        ref float from, nuint position, nuint channel, nuint samples, nuint positions, nuint channels, ref float to, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint start = 0; start < positions; start += Together)
        {
            nuint end = nuint.Min(start + Together, positions);
            for (nuint c = 0; c < channels; c++)
            {
                ref float source = ref Unsafe.Add(ref from, (start * position) + (c * channel));
                ref float destination = ref Unsafe.Add(ref to, (start * samples) + (c * stride));
                for (nuint p = start; p < end; p++)
                {
                    for (nuint lane = 0; lane < samples; lane += (nuint)TLanes.Count)
                        TLanes.Load(ref source, lane).Store(ref destination, lane);
                    source = ref Unsafe.Add(ref source, position);
                    destination = ref Unsafe.Add(ref destination, samples);
                }
            }
        }
    }

    /// <summary>Adds packed values to the chains of their channels.</summary>
    /// <typeparam name="TLanes">The width, at most that of the samples.</typeparam>
    /// <param name="values">(channels, positions, samples).</param>
    /// <param name="stride">Floats from channel to channel there.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="chains">(channels, 16), updated.</param>
    public static void AddPacked<TLanes>(ref float values, nuint stride, nuint samples, nuint positions, nuint channels, ref float chains)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint c = 0; c < channels; c++)
        {
            for (nuint lane = 0; lane < samples; lane += (nuint)TLanes.Count)
            {
                nuint i = (c * stride) + lane;
                TLanes sum = TLanes.Load(ref chains, (c * Chains) + lane);
                for (nuint end = i + (positions * samples); i < end; i += samples)
                    sum += TLanes.Load(ref values, i);
                sum.Store(ref chains, (c * Chains) + lane);
            }
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
