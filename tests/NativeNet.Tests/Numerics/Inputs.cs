namespace NativeNet.Tests.Numerics;

/// <summary>Floats to try functions on; every list's length is a multiple of the widest vector's 16 lanes.</summary>
internal static class Inputs
{
    /// <summary>The values where formulas change their branch, with their neighbours and their negatives.</summary>
    public static float[] Edges { get; } = Neighbourhoods(
        0f, 1f, float.Epsilon, 1.17549435e-38f, float.MaxValue, float.PositiveInfinity, float.NaN, 2f, 0.5f, 0.693147182f,
        0.346573591f, 0.707106769f, 1.41421354f, 3f, 8.66f, 9.01f, 10f, 16f, 16.6f, 18f, 128f, 87.3365479f, 88.7228394f, 89f, 103.972084f, 104f, 1e30f);

    /// <summary>Every 2147th bit pattern, about two million, NaNs and infinities among them.</summary>
    public static float[] Strided { get; } = Stride(2147);

    /// <summary>Every edge with every edge.</summary>
    public static (float[] X, float[] Y) EdgePairs { get; } = (
        [.. Edges.SelectMany(static x => Enumerable.Repeat(x, Edges.Length))],
        [.. Enumerable.Repeat(Edges, Edges.Length).SelectMany(static y => y)]);

    private static float[] Neighbourhoods(params ReadOnlySpan<float> centres)
    {
        var values = new List<float>();
        foreach (float centre in centres)
        {
            foreach (float value in (ReadOnlySpan<float>)[MathF.BitDecrement(centre), centre, MathF.BitIncrement(centre)])
            {
                values.Add(value);
                values.Add(-value);
            }
        }

        return Padded(values);
    }

    private static float[] Stride(uint stride)
    {
        var values = new List<float>();
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
            values.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        return Padded(values);
    }

    private static float[] Padded(List<float> values)
    {
        while (values.Count % 16 != 0)
            values.Add(1f);
        return [.. values];
    }
}
