using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The sums of one vector of units, up to four with two chains each: eight accumulators hide the latency of their additions.</summary>
/// <remarks>
/// One method has the chains from the biases to the sums, so that they never leave the registers. Products with x come first, so
/// that they are done before the frame before has left its h.
/// </remarks>
internal static class GateSums
{
    /// <summary>One sum, of a cell with one gate.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="bias">Its bias.</param>
    /// <param name="inputs">x with its weights.</param>
    /// <param name="hidden">h with its weights.</param>
    /// <param name="width">Floats from row to row of the weights.</param>
    /// <param name="sums">The sum, overwritten.</param>
    public static void One<TLanes>(ref float bias, in WeightedValues inputs, in WeightedValues hidden, nint width, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes even = TLanes.Load(ref bias, 0), odd = TLanes.Create(0);
        ref float weights = ref inputs.Weights, values = ref inputs.Values;
        int count = inputs.Count;
        for (bool isHidden = false; ; isHidden = true)
        {
            for (; count > 1; count -= 2)
            {
                even = TLanes.Fma(TLanes.Create(values), TLanes.Load(ref weights, 0), even);
                odd = TLanes.Fma(TLanes.Create(Unsafe.Add(ref values, 1)), TLanes.Load(ref Unsafe.Add(ref weights, width), 0), odd);
                weights = ref Unsafe.Add(ref weights, 2 * width);
                values = ref Unsafe.Add(ref values, 2);
            }

            if (count > 0)
                even = TLanes.Fma(TLanes.Create(values), TLanes.Load(ref weights, 0), even);
            if (isHidden)
                break;

            weights = ref hidden.Weights;
            values = ref hidden.Values;
            count = hidden.Count;
        }

        (even + odd).Store(ref sums, 0);
    }

    /// <summary>Four sums of a cell with three gates: the third gate's over x and over h apart.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="biases">(3, width).</param>
    /// <param name="hiddenBias">The bias of the fourth sum.</param>
    /// <param name="inputs">x with its weights.</param>
    /// <param name="hidden">h with its weights.</param>
    /// <param name="width">Floats from gate to gate.</param>
    /// <param name="sums">(4, width), overwritten.</param>
    public static void Three<TLanes>(
        ref float biases, ref float hiddenBias, in WeightedValues inputs, in WeightedValues hidden, nint width, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        nint second = 2 * width, row = 3 * width;
        TLanes odd0 = TLanes.Create(0), odd1 = odd0, odd2 = odd0;
        TLanes even0 = TLanes.Load(ref biases, 0), even1 = TLanes.Load(ref Unsafe.Add(ref biases, width), 0);
        TLanes even2 = TLanes.Load(ref Unsafe.Add(ref biases, second), 0);
        ref float weights = ref inputs.Weights, values = ref inputs.Values;
        int count = inputs.Count;
        for (bool isHidden = false; ; isHidden = true)
        {
            for (; count > 1; count -= 2)
            {
                TLanes value = TLanes.Create(values), next = TLanes.Create(Unsafe.Add(ref values, 1));
                even0 = TLanes.Fma(value, TLanes.Load(ref weights, 0), even0);
                even1 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), even1);
                even2 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), even2);
                weights = ref Unsafe.Add(ref weights, row);
                odd0 = TLanes.Fma(next, TLanes.Load(ref weights, 0), odd0);
                odd1 = TLanes.Fma(next, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), odd1);
                odd2 = TLanes.Fma(next, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), odd2);
                weights = ref Unsafe.Add(ref weights, row);
                values = ref Unsafe.Add(ref values, 2);
            }

            if (count > 0)
            {
                TLanes value = TLanes.Create(values);
                even0 = TLanes.Fma(value, TLanes.Load(ref weights, 0), even0);
                even1 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), even1);
                even2 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), even2);
            }

            (even2 + odd2).Store(ref Unsafe.Add(ref sums, isHidden ? row : second), 0);
            if (isHidden)
                break;

            even2 = TLanes.Load(ref hiddenBias, 0);
            odd2 = TLanes.Create(0);
            weights = ref hidden.Weights;
            values = ref hidden.Values;
            count = hidden.Count;
        }

        (even0 + odd0).Store(ref sums, 0);
        (even1 + odd1).Store(ref Unsafe.Add(ref sums, width), 0);
    }

    /// <summary>Four sums of a cell with four gates.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="biases">(4, width).</param>
    /// <param name="inputs">x with its weights.</param>
    /// <param name="hidden">h with its weights.</param>
    /// <param name="width">Floats from gate to gate.</param>
    /// <param name="sums">(4, width), overwritten.</param>
    public static void Four<TLanes>(ref float biases, in WeightedValues inputs, in WeightedValues hidden, nint width, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        nint second = 2 * width, third = 3 * width, row = 4 * width;
        TLanes odd0 = TLanes.Create(0), odd1 = odd0, odd2 = odd0, odd3 = odd0;
        TLanes even0 = TLanes.Load(ref biases, 0), even1 = TLanes.Load(ref Unsafe.Add(ref biases, width), 0);
        TLanes even2 = TLanes.Load(ref Unsafe.Add(ref biases, second), 0), even3 = TLanes.Load(ref Unsafe.Add(ref biases, third), 0);
        ref float weights = ref inputs.Weights, values = ref inputs.Values;
        int count = inputs.Count;
        for (bool isHidden = false; ; isHidden = true)
        {
            for (; count > 1; count -= 2)
            {
                TLanes value = TLanes.Create(values), next = TLanes.Create(Unsafe.Add(ref values, 1));
                even0 = TLanes.Fma(value, TLanes.Load(ref weights, 0), even0);
                even1 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), even1);
                even2 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), even2);
                even3 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, third), 0), even3);
                weights = ref Unsafe.Add(ref weights, row);
                odd0 = TLanes.Fma(next, TLanes.Load(ref weights, 0), odd0);
                odd1 = TLanes.Fma(next, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), odd1);
                odd2 = TLanes.Fma(next, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), odd2);
                odd3 = TLanes.Fma(next, TLanes.Load(ref Unsafe.Add(ref weights, third), 0), odd3);
                weights = ref Unsafe.Add(ref weights, row);
                values = ref Unsafe.Add(ref values, 2);
            }

            if (count > 0)
            {
                TLanes value = TLanes.Create(values);
                even0 = TLanes.Fma(value, TLanes.Load(ref weights, 0), even0);
                even1 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, width), 0), even1);
                even2 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, second), 0), even2);
                even3 = TLanes.Fma(value, TLanes.Load(ref Unsafe.Add(ref weights, third), 0), even3);
            }

            if (isHidden)
                break;

            weights = ref hidden.Weights;
            values = ref hidden.Values;
            count = hidden.Count;
        }

        (even0 + odd0).Store(ref sums, 0);
        (even1 + odd1).Store(ref Unsafe.Add(ref sums, width), 0);
        (even2 + odd2).Store(ref Unsafe.Add(ref sums, second), 0);
        (even3 + odd3).Store(ref Unsafe.Add(ref sums, third), 0);
    }
}
