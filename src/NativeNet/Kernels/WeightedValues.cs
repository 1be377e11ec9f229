namespace NativeNet.Kernels;

/// <summary>Values and the weights that they are multiplied with.</summary>
internal readonly ref struct WeightedValues
{
    /// <summary>(count, gates, width), a vector of each gate from here on.</summary>
    public readonly ref float Weights;

    /// <summary>(count).</summary>
    public readonly ref float Values;

    /// <summary>How many values there are.</summary>
    public readonly int Count;

    /// <summary>Pairs values with weights.</summary>
    /// <param name="weights">(count, gates, width), a vector of each gate from here on.</param>
    /// <param name="values">(count).</param>
    /// <param name="count">How many values there are.</param>
    public WeightedValues(ref float weights, ref float values, int count)
    {
        Weights = ref weights;
        Values = ref values;
        Count = count;
    }
}
