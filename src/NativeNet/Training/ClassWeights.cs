using System.Collections.Immutable;
using NativeNet.Data;

namespace NativeNet.Training;

/// <summary>Factors on the losses of classes, for data that has few samples of some.</summary>
public static class ClassWeights
{
    /// <summary>
    /// The weights with which every class has the same share of the loss: labels / (classes · labels of the class), over the
    /// classes that the data has. Their mean over the labels is 1.
    /// </summary>
    /// <remarks>King and Zeng, "Logistic regression in rare events data", Political Analysis 2001; the heuristic that scikit-learn calls "balanced".</remarks>
    /// <param name="data">Samples with classes.</param>
    /// <returns>(ClassCount), computed in binary64 and rounded once; 1 for a class that the data does not have.</returns>
    /// <exception cref="ArgumentException">The targets are values.</exception>
    public static ImmutableArray<float> Balanced(DataSet data)
    {
        if (data.ClassCount == 0)
            throw new ArgumentException("The targets are values; there are no classes to weigh.", nameof(data));

        int[] counts = new int[data.ClassCount];
        foreach (int label in data.Labels)
            counts[label]++;

        double classes = counts.AsSpan().Length - counts.AsSpan().Count(0);
        float[] weights = new float[counts.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = counts[i] == 0 ? 1f : (float)(data.Labels.Length / (classes * counts[i]));
        return [.. weights];
    }
}
