using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Recurrent layers over the samples of a block, which the lanes lie over; <see cref="RecurrentStep"/> has one sample.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Recurrent
{
    /// <summary>The states from the inputs, frame by frame.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(T, I, block).</param>
    /// <param name="memory">What training keeps, or scratch, overwritten.</param>
    /// <param name="y">(H, block), or (T, H, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="keeps">Whether everything is kept for the way back.</param>
    /// <param name="carries">Whether the states before the first frame are those that the last call has kept behind its last; else zeros.</param>
    public static void Forward<TCell, TSums, TLanes>(
        ref float x, ref float memory, ref float y, ref float parameters, in RecurrentShape shape, int block, bool keeps, bool carries = false)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
        where TLanes : struct, ILanes<TLanes>
    {
        RecurrentMemory places = keeps ? RecurrentMemory.Kept<TCell>(shape, block) : RecurrentMemory.Scratch<TCell>(shape, block);
        if (carries)
            Carry<TCell>(ref memory, places, shape.Steps, shape.Plane * block);
        else
            Clear<TCell>(ref memory, places, shape.Plane * block);
        for (int t = 0; t < shape.Steps; t++)
        {
            ref float frame = ref Unsafe.Add(ref x, t * shape.Inputs * block), sums = ref Unsafe.Add(ref memory, t * places.Sums);
            ref float before = ref Unsafe.Add(ref memory, places.StatesBehind(t)), behind = ref Unsafe.Add(ref memory, places.StatesBehind(t + 1));
            for (int panel = 0; panel < shape.Panels; panel++)
            {
                int first = panel * RecurrentShape.FullWidth * block;
                ref float own = ref Unsafe.Add(ref sums, TCell.Sums * first);
                TSums.Frames(ref frame, ref before, ref own, ref parameters, shape, panel, block);
                TCell.Forward<TLanes>(
                    ref own, ref Unsafe.Add(ref before, first), ref Unsafe.Add(ref behind, first), (nuint)places.Distance, (nuint)(shape.Width(panel) * block));
            }

            if (shape.ReturnsSequences)
                Blocks.Copy(ref behind, ref Unsafe.Add(ref y, t * shape.Units * block), shape.Units * block);
            else if (t == shape.Steps - 1)
                Blocks.Copy(ref behind, ref y, shape.Units * block);
        }
    }

    /// <summary>From the gradient of the outputs to those of the sums, frame by frame, and to those of the inputs.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TSums">The sums of products.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="kept">What training has kept; the gradients of the sums take the place of the gates.</param>
    /// <param name="dy">(H, block), or (T, H, block).</param>
    /// <param name="dx">(T, I, block), overwritten or added to; not touched where nobody wants it.</param>
    /// <param name="scratch">Room for one frame, overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="inputs">What becomes of the gradient of the inputs.</param>
    public static void Backward<TCell, TSums, TLanes>(
        ref float kept, ref float dy, ref float dx, ref float scratch, ref float parameters, in RecurrentShape shape, int block, InputGradientUse inputs)
        where TCell : struct, IRecurrentCell
        where TSums : struct, IRecurrentSums
        where TLanes : struct, ILanes<TLanes>
    {
        RecurrentMemory places = RecurrentMemory.Kept<TCell>(shape, block);
        int plane = shape.Plane * block, state = shape.Units * block;
        ref float dh = ref Unsafe.Add(ref scratch, TCell.Sums * plane), dc = ref Unsafe.Add(ref dh, plane);
        MemoryMarshal.CreateSpan(ref dc, plane).Clear();
        for (int t = shape.Steps - 1; t >= 0; t--)
        {
            ref float gates = ref Unsafe.Add(ref kept, t * places.Sums);
            if (t == shape.Steps - 1)
                Blocks.Copy(ref Unsafe.Add(ref dy, shape.ReturnsSequences ? t * state : 0), ref dh, state);
            else if (shape.ReturnsSequences)
                Blocks.Add<TLanes>(ref Unsafe.Add(ref dy, t * state), ref dh, ref dh, (nuint)state);

            for (int panel = 0; panel < shape.Panels; panel++)
            {
                int first = panel * RecurrentShape.FullWidth * block, sums = TCell.Sums * first;
                TCell.Backward<TLanes>(
                    ref Unsafe.Add(ref gates, sums), ref Unsafe.Add(ref kept, places.StatesBehind(t) + first),
                    ref Unsafe.Add(ref kept, places.StatesBehind(t + 1) + first), (nuint)places.Distance,
                    ref Unsafe.Add(ref dh, first), ref Unsafe.Add(ref dc, first), ref Unsafe.Add(ref scratch, sums), (nuint)(shape.Width(panel) * block));
            }

            if (t > 0)
                TSums.ToState(ref scratch, ref dh, ref parameters, shape, block);
            if (inputs != InputGradientUse.None)
                TSums.ToInputs(ref scratch, ref Unsafe.Add(ref dx, t * shape.Inputs * block), ref parameters, shape, block, inputs == InputGradientUse.Added);
            StoreRows<TCell>(ref scratch, ref gates, shape, block);
        }
    }

    /// <summary>The sums' gradients of a frame in rows, zeros in the padding.</summary>
    private static void StoreRows<TCell>(ref float gradients, ref float rows, in RecurrentShape shape, int block)
        where TCell : struct, IRecurrentCell
    {
        int stride = TCell.Sums * shape.Plane;
        Transpose.ToRows(ref rows, (nuint)stride, ref gradients, (nuint)block, (nuint)stride, (nuint)block);
        int last = shape.Panels - 1, width = shape.Width(last), units = shape.UnitsOf(last);
        if (units == width)
            return;

        ref float panel = ref Unsafe.Add(ref rows, TCell.Sums * last * RecurrentShape.FullWidth);
        for (int b = 0; b < block; b++)
        {
            for (int sum = 0; sum < TCell.Sums; sum++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref panel, (b * stride) + (sum * width) + units), width - units).Clear();
        }
    }

    /// <summary>The states behind the last frame become those before the first.</summary>
    private static void Carry<TCell>(ref float memory, in RecurrentMemory places, int frames, int plane)
        where TCell : struct, IRecurrentCell
    {
        for (int state = 0; state < TCell.CarriedStates; state++)
        {
            ref float first = ref Unsafe.Add(ref memory, places.States + (state * places.Distance));
            Blocks.Copy(ref Unsafe.Add(ref first, frames * places.Frame), ref first, plane);
        }
    }

    /// <summary>The states before the first frame.</summary>
    private static void Clear<TCell>(ref float memory, in RecurrentMemory places, int plane)
        where TCell : struct, IRecurrentCell
    {
        for (int state = 0; state < TCell.States; state++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref memory, places.States + (state * places.Distance)), plane).Clear();
    }
}
