using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Training;

/// <summary>Finds the means and deviations that normalization layers go by, as section 10.4 of the numeric contract states it.</summary>
internal static class InputStatistics
{
    /// <summary>Sets the means and deviations of every normalization layer that is not frozen and whose tensors are as at the start.</summary>
    /// <param name="table">Where the tensors lie.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="data">The samples to train on.</param>
    public static void Fit(TensorTable table, Span<float> parameters, DataSet data)
    {
        for (int i = 0; i < table.Slots.Count; i++)
        {
            TensorSlot deviation = table.Slots[i];
            if (!deviation.IsGathered || deviation.IsFrozen || deviation.Name != TensorSlot.NameOf(deviation.Layer, NormalizationSpec.Deviation))
                continue;

            Span<float> means = parameters.Slice(table[TensorSlot.NameOf(deviation.Layer, NormalizationSpec.Mean)].Offset, deviation.Count);
            Span<float> deviations = parameters.Slice(deviation.Offset, deviation.Count);

            // What was loaded with other weights stays theirs.
            if (!means.ContainsAnyExcept(0f) && !deviations.ContainsAnyExcept(1f))
                Fit(means, deviations, data);
        }
    }

    /// <summary>Two passes in double precision, relative to the first sample: equal inputs have a deviation of exactly 0.</summary>
    private static void Fit(Span<float> means, Span<float> deviations, DataSet data)
    {
        int channels = means.Length;
        float[] sample = new float[data.InputLength];
        data.CopyInputs([0], sample);
        float[] origin = sample.AsSpan(0, channels).ToArray();
        double count = (double)data.Count * (data.InputLength / channels);

        double[] sums = new double[channels];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInputs([i], sample);
            for (int e = 0; e < sample.Length; e++)
                sums[e % channels] += (double)sample[e] - origin[e % channels];
        }

        double[] centres = new double[channels];
        for (int c = 0; c < channels; c++)
            centres[c] = origin[c] + (sums[c] / count);
        Array.Clear(sums);
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInputs([i], sample);
            for (int e = 0; e < sample.Length; e++)
            {
                double distance = sample[e] - centres[e % channels];
                sums[e % channels] += distance * distance;
            }
        }

        for (int c = 0; c < channels; c++)
        {
            means[c] = (float)centres[c];
            float deviation = (float)Math.Sqrt(sums[c] / count);
            deviations[c] = deviation == 0f ? 1f : deviation;
        }
    }
}
