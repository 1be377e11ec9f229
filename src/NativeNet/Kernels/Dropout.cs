using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Dropout in training, the same operation forward and backward: kept values times 1 / (1 − rate), the others +0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>y = kept ? x · scale : +0. The mask is drawn anew in each direction, so that no room is needed for it.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(elements, block): the inputs, or the gradient of the outputs.</param>
    /// <param name="y">(elements, block), overwritten: the outputs, or the gradient of the inputs.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="draw">What decides the random numbers of the step.</param>
    /// <param name="sample">The first sample of the block within its batch.</param>
    public static void Apply<TLanes>(ref float x, ref float y, in DropoutShape shape, int block, in TrainingDraw draw, nuint sample)
        where TLanes : struct, ILanes<TLanes>
    {
        var mask = new DropoutMask(draw, shape.Layer, shape.Rate);
        TLanes scale = TLanes.Create(mask.Scale);
        nuint stride = (nuint)block, end = (nuint)shape.Elements * stride;
        uint eights = PhiloxLanes<TLanes>.FitsTwoBlocks ? (uint)shape.Elements / 8 * 8 : 0;
        for (nuint b = 0; b < stride; b += (nuint)TLanes.Count)
        {
            if (eights > 0)
                ApplyEights<TLanes>(ref x, ref y, in mask, (uint)(sample + b), b, stride, eights);

            uint element = eights;
            for (nuint i = b + (element * stride); i < end; i += 4 * stride, element += 4)
            {
                (TLanes m0, TLanes m1, TLanes m2, TLanes m3) = mask.Keeps<TLanes>((uint)(sample + b), element);
                Apply(ref x, ref y, i, m0, scale);
                if (i + stride < end)
                    Apply(ref x, ref y, i + stride, m1, scale);
                if (i + (2 * stride) < end)
                    Apply(ref x, ref y, i + (2 * stride), m2, scale);
                if (i + (3 * stride) < end)
                    Apply(ref x, ref y, i + (3 * stride), m3, scale);
            }
        }
    }

    /// <summary>The first elements, a multiple of eight, of as many samples as there are lanes.</summary>
    /// <remarks>A method of its own, because both loops together exceed the compiler's budget for inlining.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ApplyEights<TLanes>(
        ref float x, ref float y, in DropoutMask mask, uint sample, nuint start, nuint stride, uint elements)
        where TLanes : struct, ILanes<TLanes>
    {
        DropoutMask drawn = mask; // the fields of a local are kept in registers
        TLanes scale = TLanes.Create(drawn.Scale);
        Span<float> words = stackalloc float[8 * TLanes.Count];
        nuint i = start;
        for (uint element = 0; element < elements; element += 8)
        {
            drawn.Words<TLanes>(sample, element, ref words[0]);
            for (nuint word = 0; word < (nuint)words.Length; word += (nuint)TLanes.Count, i += stride)
                Apply(ref x, ref y, i, drawn.Keeps(TLanes.Load(ref words[0], word)), scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TLanes>(ref float x, ref float y, nuint index, TLanes keeps, TLanes scale)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(keeps, TLanes.Load(ref x, index) * scale, TLanes.Create(0)).Store(ref y, index);
}
