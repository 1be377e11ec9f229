using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Recurrent layers over one sample: lanes lie over units, a vector of them with all its gates at once.</summary>
/// <remarks>A panel ends with its own gates, whose latency hides behind the sums of the next.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrentStep
{
    /// <summary>All frames of a sample.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(T, I).</param>
    /// <param name="scratch">Room for one frame, overwritten.</param>
    /// <param name="y">(H), or (T, H), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Forward<TCell, TLanes>(ref float x, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        RecurrentMemory places = RecurrentMemory.Scratch<TCell>(shape, 1);
        ref float first = ref Unsafe.Add(ref scratch, places.States);
        MemoryMarshal.CreateSpan(ref first, places.Frame).Clear();
        RunAll<TCell, TLanes>(ref x, ref first, ref scratch, ref y, ref parameters, shape, places);
    }

    /// <summary>The next frames of a signal that goes on.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(T, I).</param>
    /// <param name="states">The states before the frames, (carried states, plane); overwritten by those behind them.</param>
    /// <param name="scratch">Room for one frame, overwritten.</param>
    /// <param name="y">(H), or (T, H), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Process<TCell, TLanes>(ref float x, ref float states, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        RecurrentMemory places = RecurrentMemory.Scratch<TCell>(shape, 1);
        ref float behind = ref RunAll<TCell, TLanes>(ref x, ref states, ref scratch, ref y, ref parameters, shape, places);
        Blocks.Copy(ref behind, ref states, TCell.CarriedStates * shape.Plane);
    }

    /// <summary>All frames from the states before the first; the states behind the last are returned.</summary>
    private static ref float RunAll<TCell, TLanes>(
        ref float x, ref float states, ref float scratch, ref float y, ref float parameters, in RecurrentShape shape, in RecurrentMemory places)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        ref float before = ref states;
        for (int t = 0; t < shape.Steps; t++)
        {
            ref float behind = ref Unsafe.Add(ref scratch, places.StatesBehind(t + 1));
            Run<TCell, TLanes>(ref Unsafe.Add(ref x, t * shape.Inputs), ref before, ref behind, ref scratch, ref parameters, shape);
            if (shape.ReturnsSequences)
                Blocks.Copy(ref behind, ref Unsafe.Add(ref y, t * shape.Units), shape.Units);
            before = ref behind;
        }

        if (!shape.ReturnsSequences)
            Blocks.Copy(ref before, ref y, shape.Units);
        return ref before;
    }

    /// <summary>One frame.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(I).</param>
    /// <param name="before">The states before the frame, (states, plane).</param>
    /// <param name="behind">The states behind it, (states, plane), overwritten.</param>
    /// <param name="sums">Room for (sums, plane), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Run<TCell, TLanes>(ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        int panels = shape.Panels;
        for (int panel = 0; panel < panels; panel++)
        {
            int width = shape.Width(panel);
            if (width % TLanes.Count == 0)
                RunPanel<TCell, TLanes>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel, width);
            else if (width == Lanes256.Count)
                RunPanel<TCell, Lanes256>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel, width);
            else
                RunPanel<TCell, Lanes128>(ref x, ref before, ref behind, ref sums, ref parameters, shape, panel, width);
        }
    }

    private static void RunPanel<TCell, TLanes>(
        ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape, int panel, int width)
        where TCell : struct, IRecurrentCell
        where TLanes : struct, ILanes<TLanes>
    {
        int first = panel * RecurrentShape.FullWidth;
        ref float own = ref Unsafe.Add(ref sums, TCell.Sums * first);
        ref float inputs = ref Unsafe.Add(ref parameters, shape.InputWeights + (first * TCell.Gates * shape.Inputs));
        ref float hidden = ref Unsafe.Add(ref parameters, shape.HiddenWeights + (first * TCell.Gates * shape.Units));
        ref float biases = ref Unsafe.Add(ref parameters, shape.Biases + (first * TCell.Gates));
        for (int unit = 0; unit < width; unit += TLanes.Count)
        {
            var ofInputs = new WeightedValues(ref Unsafe.Add(ref inputs, unit), ref x, shape.Inputs);
            var ofState = new WeightedValues(ref Unsafe.Add(ref hidden, unit), ref before, shape.Units);
            ref float bias = ref Unsafe.Add(ref biases, unit), result = ref Unsafe.Add(ref own, unit);
            if (TCell.Gates == 1)
                GateSums.One<TLanes>(ref bias, ofInputs, ofState, width, ref result);
            else if (TCell.Gates == 3)
                GateSums.Three<TLanes>(ref bias, ref Unsafe.Add(ref parameters, shape.HiddenBiases + first + unit), ofInputs, ofState, width, ref result);
            else
                GateSums.Four<TLanes>(ref bias, ofInputs, ofState, width, ref result);
        }

        TCell.Forward<TLanes>(
            ref own, ref Unsafe.Add(ref before, first), ref Unsafe.Add(ref behind, first), (nuint)shape.Plane, (nuint)width);
    }
}
