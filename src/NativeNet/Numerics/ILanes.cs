using System.Diagnostics.CodeAnalysis;

namespace NativeNet.Numerics;

/// <summary>A vector of floats of one width, so that an elementwise formula is written once for all widths.</summary>
/// <remarks>
/// Every operation acts on each lane alone and rounds as IEEE-754 binary32 does, so a formula over lanes gives the bits
/// of the same formula over scalars. Implemented by <see cref="Lanes128"/>, <see cref="Lanes256"/> and
/// <see cref="Lanes512"/>, each one field around the vector of that width.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes: 4, 8 or 16.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes equal to <paramref name="value"/>.</summary>
    /// <param name="value">Any float.</param>
    static abstract TSelf Create(float value);

    /// <summary>Reads <see cref="Count"/> floats from <paramref name="source"/> + <paramref name="offset"/>.</summary>
    /// <param name="source">The start.</param>
    /// <param name="offset">Floats from the start.</param>
    static abstract TSelf Load(ref readonly float source, nuint offset);

    /// <summary>Writes the lanes to <paramref name="destination"/> + <paramref name="offset"/>.</summary>
    /// <param name="destination">The start.</param>
    /// <param name="offset">Floats from the start.</param>
    void Store(ref float destination, nuint offset);

    /// <summary>a · b + c, rounded once.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">The addend.</param>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    /// <summary>The square root, correctly rounded.</summary>
    /// <param name="value">The radicand.</param>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The greater of two: one instruction, where a comparison and a choice take three.</summary>
    /// <remarks>Where only the limit is NaN, and of two zeros, the result is either: it depends on the instruction set.</remarks>
    /// <param name="limit">Any floats.</param>
    /// <param name="value">Any floats; where it is NaN the result is.</param>
    static abstract TSelf Max(TSelf limit, TSelf value);

    /// <summary>The lesser of two.</summary>
    /// <remarks>Where only the limit is NaN, and of two zeros, the result is either: it depends on the instruction set.</remarks>
    /// <param name="limit">Any floats.</param>
    /// <param name="value">Any floats; where it is NaN the result is.</param>
    static abstract TSelf Min(TSelf limit, TSelf value);

    /// <summary>The value with its sign bit cleared.</summary>
    /// <param name="value">Any floats.</param>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The magnitude of one value with the sign bit of the other.</summary>
    /// <param name="magnitude">Any floats.</param>
    /// <param name="sign">Any floats; a negative zero counts as negative.</param>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The sum of the bit patterns as unsigned 32-bit integers, modulo 2³².</summary>
    /// <param name="left">An addend.</param>
    /// <param name="right">An addend.</param>
    static abstract TSelf AddBits(TSelf left, TSelf right);

    /// <summary>The difference of the bit patterns as unsigned 32-bit integers, modulo 2³².</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    static abstract TSelf SubtractBits(TSelf left, TSelf right);

    /// <summary>The bit pattern moved towards the sign; zeros enter on the right.</summary>
    /// <param name="value">Any floats.</param>
    /// <param name="count">From 0 to 31.</param>
    static abstract TSelf ShiftBitsLeft(TSelf value, [ConstantExpected] int count);

    /// <summary>The bit pattern moved away from the sign; zeros enter on the left.</summary>
    /// <param name="value">Any floats.</param>
    /// <param name="count">From 0 to 31.</param>
    static abstract TSelf ShiftBitsRight(TSelf value, [ConstantExpected] int count);

    /// <summary>The exclusive or of the bit patterns.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">The other side.</param>
    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>The exclusive or of three bit patterns: one instruction where there is one.</summary>
    /// <param name="first">One of them.</param>
    /// <param name="second">Another.</param>
    /// <param name="third">The last.</param>
    static abstract TSelf Xor(TSelf first, TSelf second, TSelf third);

    /// <summary>The products of the first bit pattern of each pair of lanes with a number, two words each: the lower in the first lane.</summary>
    /// <param name="value">Any floats.</param>
    /// <param name="factor">The number.</param>
    static abstract TSelf MultiplyPairs(TSelf value, uint factor);

    /// <summary>The second bit pattern of each pair of lanes in the first one's place, zeros in its own.</summary>
    /// <param name="value">Any floats.</param>
    static abstract TSelf ShiftPairsRight(TSelf value);

    /// <summary>Pairs of the first bit patterns of others.</summary>
    /// <param name="lower">Whose first bit patterns come first.</param>
    /// <param name="upper">Whose first bit patterns come second.</param>
    static abstract TSelf JoinPairs(TSelf lower, TSelf upper);

    /// <summary>All bits set in the lanes whose bit patterns are the same. Integers are compared so: as floats, small ones are subnormal.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">The other side.</param>
    static abstract TSelf EqualBits(TSelf left, TSelf right);

    /// <summary>All bits set in the lanes where left ≤ right; none where either is NaN.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">The other side.</param>
    static abstract TSelf LessThanOrEqual(TSelf left, TSelf right);

    /// <summary>Lane by lane, <paramref name="whenTrue"/> where the mask's bits are set, else <paramref name="whenFalse"/>.</summary>
    /// <param name="mask">The result of a comparison.</param>
    /// <param name="whenTrue">Chosen where set.</param>
    /// <param name="whenFalse">Chosen elsewhere.</param>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary>Lane-wise sum.</summary>
    /// <param name="left">An addend.</param>
    /// <param name="right">An addend.</param>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Lane-wise difference.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Lane-wise product.</summary>
    /// <param name="left">A factor.</param>
    /// <param name="right">A factor.</param>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Lane-wise quotient.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The value with its sign bit flipped.</summary>
    /// <param name="value">Any floats.</param>
    static abstract TSelf operator -(TSelf value);
}
