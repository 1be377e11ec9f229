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
        for (nuint b = 0; b < stride; b += (nuint)TLanes.Count)
        {
            uint element = 0;
            for (nuint i = b; i < end; i += 4 * stride, element += 4)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TLanes>(ref float x, ref float y, nuint index, TLanes keeps, TLanes scale)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(keeps, TLanes.Load(ref x, index) * scale, TLanes.Create(0)).Store(ref y, index);
}
