using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Fixed factors: the same operation in both directions.</summary>
/// <param name="Scale">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record ScalePlan(ScaleSpec Scale, LayerViews Views, View Share) : LibraryPlan(Scale, Views, default, Share)
{
    /// <summary>Whether all elements have one factor.</summary>
    public bool HasOneFactor => Scale.Factors.Count == 1;

    /// <summary>The factors of the features, with zeros behind them that fill the widest vector.</summary>
    /// <param name="alignment">The floats of that vector.</param>
    public float[] PaddedFactors(int alignment)
    {
        float[] padded = new float[(Scale.Factors.Count + alignment - 1) / alignment * alignment];
        for (int i = 0; i < Scale.Factors.Count; i++)
            padded[i] = Scale.Factors[i];
        return padded;
    }
}
