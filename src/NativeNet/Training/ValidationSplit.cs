using NativeNet.Data;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>Samples to train on, and samples held out from them to decide when to stop.</summary>
/// <param name="Train">Used by training.</param>
/// <param name="Validation">Looked at after every epoch.</param>
public sealed record ValidationSplit(DataSet Train, DataSet Validation)
{
    /// <summary>Holds out a random share; both parts keep the order of the source.</summary>
    /// <param name="all">At least 2 samples.</param>
    /// <param name="share">The share held out, above 0 and below 1; rounded to at least 1 sample, and 1 is left.</param>
    /// <param name="seed">The same seed holds out the same samples on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or there are fewer than 2 samples.</exception>
    public static ValidationSplit Random(DataSet all, double share, ulong seed)
    {
        int held = CountOf(all, share);
        int[] positions = [.. Enumerable.Range(0, all.Count)];
        new Philox(seed).Shuffle(positions, RandomStreams.Validation, epoch: 0);

        Array.Sort(positions, 0, held);
        Array.Sort(positions, held, all.Count - held);
        return new ValidationSplit(all.Select(positions.AsSpan(held)), all.Select(positions.AsSpan(0, held)));
    }

    /// <summary>Holds out the last share: samples of a signal that goes on stay neighbours.</summary>
    /// <param name="all">At least 2 samples.</param>
    /// <param name="share">The share held out, above 0 and below 1; rounded to at least 1 sample, and 1 is left.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or there are fewer than 2 samples.</exception>
    public static ValidationSplit Last(DataSet all, double share)
    {
        (DataSet train, DataSet validation) = TrainTest.HoldOutLast(all, CountOf(all, share));
        return new ValidationSplit(train, validation);
    }

    private static int CountOf(DataSet all, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(all.Count, 2, nameof(all));
        return share > 0 && share < 1
            ? Math.Clamp((int)Math.Round(share * all.Count), 1, all.Count - 1)
            : throw new ArgumentOutOfRangeException(nameof(share), share, "Must be above 0 and below 1.");
    }
}
