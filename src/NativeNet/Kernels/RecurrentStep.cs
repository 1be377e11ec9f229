using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Recurrent layers over one sample: lanes lie over units, a vector of them with all its gates at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrentStep
{
    /// <summary>All frames of a sample.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <param name="x">(T, I).</param>
    /// <param name="scratch">Room for one frame, overwritten.</param>
    /// <param name="y">(H), or (T, H), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Forward<TCell, TSums>(ref float x, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
    {
        RecurrentMemory places = RecurrentMemory.Scratch<TCell>(shape, 1);
        ref float first = ref Unsafe.Add(ref scratch, places.States);
        MemoryMarshal.CreateSpan(ref first, places.Frame).Clear();
        RunAll<TCell, TSums>(ref x, ref first, ref scratch, ref y, ref parameters, shape, places);
    }

    /// <summary>The next frames of a signal that goes on.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <param name="x">(T, I).</param>
    /// <param name="states">The states before the frames, (carried states, plane); overwritten by those behind them.</param>
    /// <param name="scratch">Room for one frame, overwritten.</param>
    /// <param name="y">(H), or (T, H), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Process<TCell, TSums>(ref float x, ref float states, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
    {
        RecurrentMemory places = RecurrentMemory.Scratch<TCell>(shape, 1);
        ref float behind = ref RunAll<TCell, TSums>(ref x, ref states, ref scratch, ref y, ref parameters, shape, places);
        Blocks.Copy(ref behind, ref states, TCell.CarriedStates * shape.Plane);
    }

    /// <summary>All frames from the states before the first; the states behind the last are returned.</summary>
    private static ref float RunAll<TCell, TSums>(
        ref float x, ref float states, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape, in RecurrentMemory places)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
    {
        ref float before = ref states;
        for (int t = 0; t < shape.Steps; t++)
        {
            ref float behind = ref Unsafe.Add(ref scratch, places.StatesBehind(t + 1));
            TSums.OneFrame(ref Unsafe.Add(ref x, t * shape.Inputs), ref before, ref behind, ref scratch, ref parameters, shape);
            if (shape.ReturnsSequences)
                Blocks.Copy(ref behind, ref Unsafe.Add(ref y, t * shape.Units), shape.Units);
            before = ref behind;
        }

        if (!shape.ReturnsSequences)
            Blocks.Copy(ref before, ref y, shape.Units);
        return ref before;
    }
}
