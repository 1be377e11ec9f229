using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The division that tanh and sigmoid end with.</content>
public static partial class Elementary
{
    // numerator / (constant + addend) with an error of hardly more than the last rounding: what the sum lost (Dekker
    // 1971) and what the first quotient lost (exact by fma) go into one correction. Plain division would cost tanh and
    // sigmoid their bound of 2 ULP. The sum's loss is exact for 0 ≤ addend < 2²⁴ · constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Quotient(float numerator, float constant, float addend)
    {
        float sum = constant + addend;
        float lost = addend - (sum - constant);
        float inverse = 1f / sum;
        float quotient = numerator * inverse;
        float remainder = MathF.FusedMultiplyAdd(-quotient, lost, MathF.FusedMultiplyAdd(-quotient, sum, numerator));
        return MathF.FusedMultiplyAdd(remainder, inverse, quotient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Quotient<TLanes>(TLanes numerator, TLanes constant, TLanes addend)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = constant + addend;
        TLanes lost = addend - (sum - constant);
        TLanes inverse = TLanes.Create(1f) / sum;
        TLanes quotient = numerator * inverse;
        TLanes remainder = TLanes.Fma(-quotient, lost, TLanes.Fma(-quotient, sum, numerator));
        return TLanes.Fma(remainder, inverse, quotient);
    }
}
