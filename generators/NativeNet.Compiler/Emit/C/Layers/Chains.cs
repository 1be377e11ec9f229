namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>The chains of a sum over samples: 16, of which a small batch fills fewer.</summary>
/// <remarks>A chain without samples is +0; adding it changes −0 into +0 and nothing else, which one addition of +0 does as well.</remarks>
/// <param name="context">What is written.</param>
internal readonly struct Chains(CContext context)
{
    /// <summary>The chains of the numeric contract, section 9.</summary>
    private const int All = 16;

    /// <summary>The chains that there is room for: a power of two.</summary>
    public int Count { get; } = RoundUp(Math.Min(All, context.BatchSize));

    /// <summary>The chain of sample b.</summary>
    public string Index => Count == 1 ? "0" : FormattableString.Invariant($"b & {Count - 1}");

    /// <summary>The gradient from chain 0.</summary>
    public string Result(string chain) => Count == All ? chain : $"{chain} + 0.0f";

    /// <summary>Writes the sum of the chains of a tile into chain 0.</summary>
    public void EmitHalves(string variable, int width)
    {
        if (Count == 1)
            return;

        using (context.Writer.BeginBlock(FormattableString.Invariant($"for (int32_t half = {Count / 2}; half > 0; half /= 2)")))
        using (context.BeginFor("p", "0", "half"))
            context.Unrolled(variable, width, $"chain[p][{variable}] += chain[p + half][{variable}];");
    }

    private static int RoundUp(int chains)
    {
        int power = 1;
        while (power < chains)
            power *= 2;
        return power;
    }
}
