using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace NativeNet.Kernels;

/// <summary>The checks at the entry of every generated operation; nothing is checked after them.</summary>
/// <remarks>The comparisons are inlined and the throws are not: for a tiny network four calls would be a sixth of a prediction.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>Demands an exact length.</summary>
    /// <param name="actual">The span's length.</param>
    /// <param name="expected">The length it must have.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
            ThrowLength(actual, expected, name);
    }

    /// <summary>Demands a least length.</summary>
    /// <param name="actual">The span's length.</param>
    /// <param name="least">The least length it must have.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The span is shorter.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(int actual, int least, string name)
    {
        if (actual < least)
            ThrowAtLeast(actual, least, name);
    }

    /// <summary>Demands 1 to <paramref name="batchSize"/> whole samples.</summary>
    /// <param name="actual">The span's length.</param>
    /// <param name="sampleLength">The floats of a sample.</param>
    /// <param name="batchSize">The most samples.</param>
    /// <param name="name">The parameter.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">There is a part of a sample, no sample, or too many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Samples(int actual, int sampleLength, int batchSize, string name)
    {
        int count = actual / sampleLength;
        if (count < 1 || count > batchSize || count * sampleLength != actual)
            ThrowSamples(actual, sampleLength, batchSize, name);
        return count;
    }

    /// <summary>Demands whole frames, as many of outputs as of inputs.</summary>
    /// <param name="inputs">The length of the inputs.</param>
    /// <param name="inputChannels">The floats of an input frame.</param>
    /// <param name="outputs">The length of the outputs.</param>
    /// <param name="outputChannels">The floats of an output frame.</param>
    /// <param name="inputsName">The parameter of the inputs.</param>
    /// <param name="outputsName">The parameter of the outputs.</param>
    /// <returns>The number of frames.</returns>
    /// <exception cref="ArgumentException">There is a part of a frame, or a length differs.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Frames(int inputs, int inputChannels, int outputs, int outputChannels, string inputsName, string outputsName)
    {
        int frames = inputs / inputChannels;
        if (frames * inputChannels != inputs)
            ThrowFrames(inputs, inputChannels, inputsName);
        if ((long)frames * outputChannels != outputs)
            ThrowOutputs(outputs, frames, outputChannels, outputsName);
        return frames;
    }

    /// <summary>Demands as many samples as every layer can train on.</summary>
    /// <param name="count">The samples.</param>
    /// <param name="least">The fewest.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LeastSamples(int count, int least, string name)
    {
        if (count < least)
            ThrowLeastSamples(count, least, name);
    }

    /// <summary>Demands class numbers from 0 to <paramref name="classes"/> − 1.</summary>
    /// <param name="targets">One class number a sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">A number is outside.</exception>
    public static void Classes(ReadOnlySpan<int> targets, int classes, string name)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if ((uint)targets[i] >= (uint)classes)
                ThrowClass(i, targets[i], classes, name);
        }
    }

    /// <summary>Demands probabilities, from 0 to 1: outside, binary cross-entropy has no least value.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">A target is outside or NaN.</exception>
    public static void Probabilities(ReadOnlySpan<float> targets, string name)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (!(targets[i] is >= 0f and <= 1f))
                ThrowTarget(i, targets[i], "from 0 to 1", name);
        }
    }

    /// <summary>Demands finite targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">A target is infinite or NaN.</exception>
    public static void Finite(ReadOnlySpan<float> targets, string name)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (!float.IsFinite(targets[i]))
                ThrowTarget(i, targets[i], "finite", name);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, int expected, string name) => throw new ArgumentException(
        Invariant($"The length must be {expected}, not {actual}.")
            + (actual == 0 && name == "parameters" ? " The weights of an assembly are empty where their file was not there when it was built." : ""),
        name);

    [DoesNotReturn]
    private static void ThrowAtLeast(int actual, int least, string name)
        => throw new ArgumentException(Invariant($"The length must be at least {least}, not {actual}."), name);

    [DoesNotReturn]
    private static void ThrowSamples(int actual, int sampleLength, int batchSize, string name)
        => throw new ArgumentException(Invariant($"The length must be {sampleLength} times the number of samples, 1 to {batchSize}, not {actual}."), name);

    [DoesNotReturn]
    private static void ThrowFrames(int actual, int channels, string name)
        => throw new ArgumentException(Invariant($"The length must be {channels} times the number of frames, not {actual}."), name);

    [DoesNotReturn]
    private static void ThrowOutputs(int actual, int frames, int channels, string name)
        => throw new ArgumentException(Invariant($"The length must be {channels} times the {frames} frames of the inputs, not {actual}."), name);

    private static void ThrowLeastSamples(int count, int least, string name)
        => throw new ArgumentException(
            Invariant($"Training takes at least {least} samples at once, not {count}: of one, a batchNorm sees one value a channel, which is its own mean."), name);

    [DoesNotReturn]
    private static void ThrowClass(int index, int target, int classes, string name)
        => throw new ArgumentException(Invariant($"Target {index} is {target}; class numbers run from 0 to {classes - 1}."), name);

    [DoesNotReturn]
    private static void ThrowTarget(int index, float target, string range, string name)
        => throw new ArgumentException(Invariant($"Target {index} is {target}; it must be {range}."), name);
}
