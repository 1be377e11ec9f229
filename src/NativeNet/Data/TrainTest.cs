using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Data;

/// <summary>The samples to learn from and those to be judged by.</summary>
/// <param name="Train">Used by training.</param>
/// <param name="Test">Never seen by training; of the same input shape and targets.</param>
public sealed record TrainTest(DataSet Train, DataSet Test)
{
    /// <summary>Holds out the last of every <paramref name="every"/> samples for the test; both parts keep their order.</summary>
    /// <param name="all">At least <paramref name="every"/> samples.</param>
    /// <param name="every">At least 2; 5 gives a fifth to the test.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 2 or leaves no test sample.</exception>
    public static TrainTest HoldOutEvery(DataSet all, int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, all.Count);

        List<int> train = [], test = [];
        for (int i = 0; i < all.Count; i++)
            (i % every == every - 1 ? test : train).Add(i);
        return new TrainTest(all.Select(CollectionsMarshal.AsSpan(train)), all.Select(CollectionsMarshal.AsSpan(test)));
    }

    /// <summary>Holds out the last samples for the test: those of a signal that goes on stay neighbours.</summary>
    /// <param name="all">At least two samples.</param>
    /// <param name="count">How many are held out, at least 1 and fewer than there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    public static TrainTest HoldOutLast(DataSet all, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, all.Count);

        int[] positions = [.. Enumerable.Range(0, all.Count)];
        return new TrainTest(all.Select(positions.AsSpan(0, all.Count - count)), all.Select(positions.AsSpan(all.Count - count)));
    }

    /// <summary>Holds out a random share of every class for the test, of samples without a class, or with several, a share of all; both parts keep their order.</summary>
    /// <param name="all">At least one class with two samples, or two samples without a class of their own.</param>
    /// <param name="share">
    /// The share held out of each class, above 0 and below 1, rounded; of a class of several samples at least one, and at
    /// least one is left.
    /// </param>
    /// <param name="seed">The same seed holds out the same samples on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or every class has a single sample.</exception>
    public static TrainTest Stratified(DataSet all, double share, ulong seed)
    {
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "Must be above 0 and below 1.");

        int[] positions = [.. Enumerable.Range(0, all.Count)];
        new Philox(seed).Shuffle(positions, RandomStreams.Test, epoch: 0);

        List<int> train = [], test = [];
        foreach (IGrouping<int, int> members in positions.GroupBy(all.ClassOf))
        {
            int[] ofClass = [.. members];
            int held = ofClass.Length == 1 ? 0 : Math.Clamp((int)Math.Round(share * ofClass.Length), 1, ofClass.Length - 1);
            test.AddRange(ofClass[..held]);
            train.AddRange(ofClass[held..]);
        }

        if (test.Count == 0)
            throw new ArgumentOutOfRangeException(nameof(all), all.Count, "No class has two samples.");

        train.Sort();
        test.Sort();
        return new TrainTest(all.Select([.. train]), all.Select([.. test]));
    }
}
