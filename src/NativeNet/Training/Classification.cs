namespace NativeNet.Training;

/// <summary>What scores say about classes.</summary>
public static class Classification
{
    /// <summary>The class with the greatest score; of equal ones the first.</summary>
    /// <param name="scores">One score a class.</param>
    /// <returns>The class, or −1 where any score is NaN: a network that has broken down predicts nothing.</returns>
    public static int ArgMax(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return -1;
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }
}
