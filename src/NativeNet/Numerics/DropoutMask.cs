using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <summary>Which values a dropout layer keeps: a function of seed, step, layer, sample and element alone.</summary>
/// <remarks>
/// Element e of sample b takes word e mod 4 of the Philox block whose key is the seed and whose counter is
/// (e / 4, b, stream, step). The words of four elements are drawn at once, for as many samples as there are lanes.
/// </remarks>
internal readonly struct DropoutMask
{
    /// <summary>Added to the 24 bits that decide, 0.5's pattern makes them floats in [0.5, 2) of the same order.</summary>
    private const float Half = 0.5f;

    private readonly (uint W0, uint W1) _key;
    private readonly uint _firstSample, _stream, _step;
    private readonly float _threshold;

    /// <summary>Creates the mask of a layer in a step.</summary>
    /// <param name="draw">What decides the random numbers.</param>
    /// <param name="layerIndex">The layer's position in the file.</param>
    /// <param name="rate">The share of values that are dropped.</param>
    public DropoutMask(in TrainingDraw draw, int layerIndex, float rate)
    {
        _key = ((uint)draw.Seed, (uint)(draw.Seed >> 32));
        _firstSample = (uint)draw.FirstSample;
        _stream = RandomStreams.Dropout(layerIndex);
        _step = (uint)draw.Step;
        Scale = 1 / (1 - rate);

        // A word is kept where rate ≤ (word >> 8) · 2⁻²⁴: the least such integer, exact in double.
        uint least = (uint)Math.Ceiling(rate * (double)(1 << 24));
        _threshold = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(Half) + least);
    }

    /// <summary>The factor on the values that are kept.</summary>
    public float Scale { get; }

    /// <summary>Whether a value is kept.</summary>
    /// <param name="sample">The sample within its batch.</param>
    /// <param name="element">The element within the sample.</param>
    public bool Keeps(uint sample, uint element)
    {
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block((element / 4, _firstSample + sample, _stream, _step), _key);
        uint word = (element % 4) switch
        {
            0 => w0,
            1 => w1,
            2 => w2,
            _ => w3,
        };
        return _threshold <= BitConverter.UInt32BitsToSingle((word >> 8) + BitConverter.SingleToUInt32Bits(Half));
    }

    /// <summary>Four elements of as many samples as there are lanes: all bits set where a value is kept.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="sample">The first lane's sample within its batch.</param>
    /// <param name="element">The first element, a multiple of 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TLanes M0, TLanes M1, TLanes M2, TLanes M3) Keeps<TLanes>(uint sample, uint element)
        where TLanes : struct, ILanes<TLanes>
    {
        (TLanes w0, TLanes w1, TLanes w2, TLanes w3) = PhiloxLanes<TLanes>.Block(
            element / 4, LaneNumbers.From<TLanes>(_firstSample + sample), _stream, _step, _key);
        return (Keeps(w0), Keeps(w1), Keeps(w2), Keeps(w3));
    }

    /// <summary>The words of eight elements of as many samples as there are lanes.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="sample">The first lane's sample within its batch.</param>
    /// <param name="element">The first element, a multiple of 4.</param>
    /// <param name="words">(8, lanes), overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Words<TLanes>(uint sample, uint element, ref float words)
        where TLanes : struct, ILanes<TLanes>
        => PhiloxLanes<TLanes>.Blocks(
            element / 4, LaneNumbers.From<TLanes>(_firstSample + sample), _stream, _step, _key, ref words);

    /// <summary>All bits set where the value of a word is kept.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="word">The words of an element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Keeps<TLanes>(TLanes word)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.LessThanOrEqual(
            TLanes.Create(_threshold), TLanes.AddBits(TLanes.ShiftBitsRight(word, 8), TLanes.Create(Half)));
}
