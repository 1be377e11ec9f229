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

    /// <summary>The class of a sample, or of a position of it, whose scores lie in a training workspace.</summary>
    /// <param name="workspace">The workspace after a loss or a step.</param>
    /// <param name="scores">Where the scores lie in it.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="position">The position, from 0.</param>
    /// <param name="classes">The scores of a position.</param>
    internal static int ClassOf(ReadOnlySpan<float> workspace, LayerBuffers scores, int sample, int position, int classes)
    {
        int lane = sample % scores.Block;
        ReadOnlySpan<float> values = workspace[(scores.Outputs + ((sample - lane) * scores.Stride) + lane + (position * classes * scores.Block))..];
        if (scores.Block == 1)
            return ArgMax(values[..classes]);

        int best = 0;
        for (int i = 0; i < classes; i++)
        {
            if (float.IsNaN(values[i * scores.Block]))
                return -1;
            if (values[i * scores.Block] > values[best * scores.Block])
                best = i;
        }

        return best;
    }
}
