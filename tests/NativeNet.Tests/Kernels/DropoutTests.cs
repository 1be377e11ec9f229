using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Tests.Kernels;

/// <summary>Every number of elements that is left behind the words drawn together, at every width.</summary>
public sealed class DropoutTests
{
    private const uint Sample = 64;

    private static readonly TrainingDraw Draw = new(Seed: 0xFEDC_BA98_7654_3210, Step: 7, FirstSample: 30);

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void Kept_values_are_scaled_and_nothing_else_is_touched(int block)
    {
        for (int elements = 1; elements <= 33; elements++)
        {
            Check<Lanes128>(elements, block);
            Check<Lanes256>(elements, block);
            Check<Lanes512>(elements, block);
        }
    }

    private static void Check<TLanes>(int elements, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        const float untouched = -7;
        const float rate = 0.3f;
        int length = elements * block;
        float[] x = [.. Enumerable.Range(0, length).Select(static i => (i % 2 == 0 ? 1.1f : -1.1f) * i)];
        var y = new float[length + (8 * block)];
        y.AsSpan().Fill(untouched);

        Dropout.Apply<TLanes>(ref x[0], ref y[0], new DropoutShape(elements, 5, rate), block, Draw, Sample);

        var mask = new DropoutMask(Draw, layerIndex: 5, rate);
        for (int i = 0; i < y.Length; i++)
        {
            float expected = i >= length ? untouched
                : mask.Keeps(Sample + (uint)(i % block), (uint)(i / block)) ? x[i] * mask.Scale : 0;
            Assert.True(
                BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(y[i]),
                $"{typeof(TLanes).Name}, {elements} x {block}: element {i / block} of sample {i % block} is {y[i]}, not {expected}.");
        }
    }
}
