using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Data;

/// <summary>Samples in memory with what a network is to make of them: classes, values, or the inputs themselves. Immutable.</summary>
/// <remarks>
/// Inputs stay as they came, bytes with a factor or floats, and become floats only as they are gathered into a batch:
/// the 60,000 images of MNIST take 47 MB here instead of 188. Parts made by <see cref="Select"/> share them.
/// </remarks>
public sealed class DataSet
{
    private readonly SampleInputs _inputs;
    private readonly ImmutableArray<int> _labels;
    private readonly ImmutableArray<float> _values;
    private double _targetVariation = double.NaN;

    /// <remarks>Without labels and values the targets are the inputs.</remarks>
    private DataSet(
        Shape inputShape, SampleInputs inputs, ImmutableArray<int> labels, int classCount, ImmutableArray<float> values, int count, int targetLength)
    {
        (InputShape, _inputs, _labels, ClassCount, _values, Count, TargetLength) = (inputShape, inputs, labels, classCount, values, count, targetLength);
        if (count < 1)
            throw new ArgumentException("a data set needs at least one sample");
        if (!float.IsFinite(inputs.Scale) || inputs.Scale <= 0)
            throw new ArgumentException(Invariant($"the scale is {inputs.Scale}; it must be positive and finite"));
        if (inputs.ElementCount != (long)count * InputLength)
            throw new ArgumentException(Invariant($"there are {inputs.ElementCount} input elements, not {count} samples × {InputLength}"));
    }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>The shape of one input.</summary>
    public Shape InputShape { get; }

    /// <summary>The floats of one input.</summary>
    public int InputLength => _inputs.Length;

    /// <summary>The number of classes, which every label is below; 0 where targets are values.</summary>
    public int ClassCount { get; }

    /// <summary>The targets of one sample: class numbers, one unless it has several parts to be classified, or values.</summary>
    public int TargetLength { get; }

    /// <summary>The classes of the samples, (Count, TargetLength), from 0 to <see cref="ClassCount"/> − 1; empty where targets are values.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan();

    /// <summary>Whether a network is to give the inputs back, as an autoencoder does.</summary>
    public bool IsAutoencoding => _labels.IsDefault && _values.IsDefault;

    /// <summary>
    /// Σ over the targets of (target − mean of the targets at its place)², in double: the squared error of always guessing
    /// the means. 0 for classes.
    /// </summary>
    internal double TargetVariation => double.IsNaN(_targetVariation) ? _targetVariation = ComputeVariation() : _targetVariation;

    /// <summary>Classified samples whose inputs are bytes; as floats they are byte · <paramref name="scale"/>.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="scale">The factor, positive and finite, for example 1/255.</param>
    /// <param name="labels">(count) classes, or as many a sample as it has parts to be classified, row-major.</param>
    /// <param name="classCount">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label or the scale is out of range.</exception>
    public static DataSet FromBytes(
        Shape inputShape, ImmutableArray<byte> inputs, float scale, ImmutableArray<int> labels, int classCount)
        => Classified(inputShape, SampleInputs.Of(inputs.AsMemory(), scale, inputShape.Length), labels, classCount);

    /// <summary>Classified samples whose inputs are floats.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="labels">(count) classes, or as many a sample as it has parts to be classified, row-major.</param>
    /// <param name="classCount">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    public static DataSet FromFloats(
        Shape inputShape, ImmutableArray<float> inputs, ImmutableArray<int> labels, int classCount)
        => Classified(inputShape, SampleInputs.Of(inputs.AsMemory(), inputShape.Length), labels, classCount);

    /// <summary>Samples with values to learn, whose inputs are bytes; as floats they are byte · <paramref name="scale"/>.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="scale">The factor, positive and finite, for example 1/255.</param>
    /// <param name="targets">(count, as many a sample as the network has outputs), row-major, finite.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or the scale or a target is out of range.</exception>
    public static DataSet FromBytes(Shape inputShape, ImmutableArray<byte> inputs, float scale, ImmutableArray<float> targets)
        => Valued(inputShape, SampleInputs.Of(inputs.AsMemory(), scale, inputShape.Length), targets);

    /// <summary>Samples with values to learn, whose inputs are floats.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="targets">(count, as many a sample as the network has outputs), row-major, finite.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a target is not finite.</exception>
    public static DataSet FromFloats(Shape inputShape, ImmutableArray<float> inputs, ImmutableArray<float> targets)
        => Valued(inputShape, SampleInputs.Of(inputs.AsMemory(), inputShape.Length), targets);

    /// <summary>The same samples for an autoencoder: the inputs are the targets too. Nothing is copied.</summary>
    public DataSet WithInputsAsTargets() => Autoencoding(InputShape, _inputs);

    /// <summary>Gathers inputs into a batch, without allocating.</summary>
    /// <param name="indices">(batch) positions of samples, in any order, repeated or not.</param>
    /// <param name="inputs">(batch, InputLength), row-major, overwritten.</param>
    /// <exception cref="ArgumentException">A length or an index is wrong.</exception>
    public void CopyInputs(ReadOnlySpan<int> indices, Span<float> inputs)
    {
        CheckGather(indices, inputs.Length, InputLength, "inputs");
        _inputs.Copy(indices, inputs);
    }

    /// <summary>Gathers labels into a batch, without allocating.</summary>
    /// <param name="indices">(batch) positions of samples.</param>
    /// <param name="labels">(batch, TargetLength), row-major, overwritten.</param>
    /// <exception cref="ArgumentException">A length or an index is wrong, or targets are values.</exception>
    public void CopyLabels(ReadOnlySpan<int> indices, Span<int> labels)
    {
        if (_labels.IsDefault)
            throw new ArgumentException("the targets are values; there are no labels");

        CheckGather(indices, labels.Length, TargetLength, "labels");
        Gather(_labels.AsSpan(), indices, labels);
    }

    /// <summary>Gathers values to learn into a batch, without allocating.</summary>
    /// <param name="indices">(batch) positions of samples.</param>
    /// <param name="targets">(batch, TargetLength), row-major, overwritten.</param>
    /// <exception cref="ArgumentException">A length or an index is wrong, or targets are classes.</exception>
    public void CopyTargets(ReadOnlySpan<int> indices, Span<float> targets)
    {
        if (!_labels.IsDefault)
            throw new ArgumentException("the targets are classes; there are no values");

        CheckGather(indices, targets.Length, TargetLength, "targets");
        if (IsAutoencoding)
            _inputs.Copy(indices, targets);
        else
            Gather(_values.AsSpan(), indices, targets);
    }

    /// <summary>The class that a sample as a whole is of; 0 where it has several, or none.</summary>
    /// <param name="index">The sample.</param>
    internal int ClassOf(int index) => ClassCount > 0 && TargetLength == 1 ? _labels[index] : 0;

    /// <summary>The classes that samples are of, ascending.</summary>
    public IReadOnlyList<int> FindClasses() => [.. Labels.ToArray().Distinct().Order()];

    /// <summary>
    /// Whether the samples can be a network's inputs: as many elements, and where both have several dimensions the same
    /// ones, a last one of 1 aside.
    /// </summary>
    /// <param name="input">The shape of the network's input.</param>
    /// <param name="length">Its elements.</param>
    internal bool Fits(Shape input, int length)
    {
        bool fits = InputLength == length;
        for (int i = 0; InputShape.Rank > 1 && input.Rank > 1 && i < Math.Max(InputShape.Rank, input.Rank); i++)
            fits &= Size(InputShape, i) == Size(input, i);
        return fits;

        static int Size(Shape shape, int dimension) => dimension < shape.Rank ? shape.Dimensions[dimension] : 1;
    }

    /// <summary>A data set of some of the samples, in the order of <paramref name="indices"/>; the inputs are shared.</summary>
    /// <param name="indices">Positions of samples, at least one.</param>
    /// <exception cref="ArgumentException">An index is out of range, or there is none.</exception>
    public DataSet Select(ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
            Checked(index);
        return new DataSet(
            InputShape, _inputs.Select(indices), Chosen(_labels, indices), ClassCount, Chosen(_values, indices), indices.Length, TargetLength);
    }

    /// <summary>
    /// Takes the samples for the frames of one signal, in their order, and cuts it into signals of as many frames each; what is
    /// left at the end is left out. Inputs are shared.
    /// </summary>
    /// <param name="frames">The frames of a signal, from 1 to <see cref="Count"/>.</param>
    /// <param name="everyFrame">Whether a signal has the targets of all of its frames, or those of its last one.</param>
    /// <returns>Samples of the shape (frames, <see cref="InputLength"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many frames.</exception>
    public DataSet ToSignals(int frames, bool everyFrame = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, Count);

        int count = Count / frames;
        int[] learned = [.. Enumerable.Range(0, count * frames).Where(frame => everyFrame || frame % frames == frames - 1)];
        SampleInputs signals = _inputs.Join(frames);
        return new DataSet(
            Shape.Of(frames, InputLength), signals, Chosen(_labels, learned), ClassCount, Chosen(_values, learned), count,
            IsAutoencoding ? signals.Length : learned.Length / count * TargetLength);
    }

    /// <summary>
    /// Identifies the contents: the first 8 bytes of the SHA-256 over shape, classes, scale, targets and stored inputs,
    /// as 16 hexadecimal digits.
    /// </summary>
    /// <remarks>Reads all contents, at about 160 MB a second: 0.3 s for MNIST.</remarks>
    public string ComputeFingerprint()
    {
        var hash = new Sha256();
        hash.AppendValues([InputShape.Rank, .. InputShape.Dimensions, ClassCount, Count, _inputs.IsFloats ? 0 : 1]);
        hash.AppendValues([BitConverter.SingleToInt32Bits(_inputs.Scale)]);
        if (TargetLength > 1 || _labels.IsDefault)
            hash.AppendValues([TargetLength]);
        hash.AppendValues(Labels);
        hash.AppendValues(_values.AsSpan());
        _inputs.AppendTo(hash);

        Span<byte> digest = stackalloc byte[Sha256.DigestLength];
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest[..8]);
    }

    /// <summary>Samples with classes.</summary>
    internal static DataSet Classified(Shape inputShape, SampleInputs inputs, ImmutableArray<int> labels, int classCount)
    {
        if (classCount < 1)
            throw new ArgumentException(Invariant($"the class count is {classCount}; it must be at least 1"));

        (int count, int targetLength) = Divide(labels.AsSpan().Length, inputs);
        int outside = labels.AsSpan().IndexOfAnyExceptInRange(0, classCount - 1);
        return outside < 0
            ? new DataSet(inputShape, inputs, labels, classCount, default, count, targetLength)
            : throw new ArgumentException(Invariant($"label {labels[outside]} of sample {outside / targetLength} is not from 0 to {classCount - 1}"));
    }

    /// <summary>Samples with values to learn.</summary>
    internal static DataSet Valued(Shape inputShape, SampleInputs inputs, ImmutableArray<float> values)
    {
        (int count, int targetLength) = Divide(values.AsSpan().Length, inputs);
        for (int i = 0; i < values.AsSpan().Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(Invariant($"target {values[i]} of sample {i / targetLength} is not finite"));
        }

        return new DataSet(inputShape, inputs, default, 0, values, count, targetLength);
    }

    /// <summary>Samples whose inputs are their targets.</summary>
    internal static DataSet Autoencoding(Shape inputShape, SampleInputs inputs)
        => new(inputShape, inputs, default, 0, default, (int)(inputs.ElementCount / inputs.Length), inputs.Length);

    /// <summary>How many samples so many targets are of: as many as there are inputs, if the targets are a multiple of these.</summary>
    private static (int Count, int TargetLength) Divide(int targets, SampleInputs inputs)
    {
        int samples = (int)(inputs.ElementCount / inputs.Length);
        return samples > 0 && targets % samples == 0 && targets > 0 ? (samples, targets / samples) : (targets, 1);
    }

    private static ImmutableArray<T> Gather<T>(ImmutableArray<T> targets, int length, ReadOnlySpan<int> indices)
    {
        T[] chosen = new T[checked(indices.Length * length)];
        for (int i = 0; i < indices.Length; i++)
            targets.AsSpan(indices[i] * length, length).CopyTo(chosen.AsSpan(i * length));
        return ImmutableCollectionsMarshal.AsImmutableArray(chosen);
    }

    private ImmutableArray<T> Chosen<T>(ImmutableArray<T> targets, ReadOnlySpan<int> indices)
        => targets.IsDefault ? targets : Gather(targets, TargetLength, indices);

    private void Gather<T>(ReadOnlySpan<T> targets, ReadOnlySpan<int> indices, Span<T> destination)
    {
        if (TargetLength == 1)
        {
            for (int i = 0; i < indices.Length; i++)
                destination[i] = targets[indices[i]];
            return;
        }

        for (int i = 0; i < indices.Length; i++)
            targets.Slice(indices[i] * TargetLength, TargetLength).CopyTo(destination[(i * TargetLength)..]);
    }

    /// <summary>Welford's sums, place by place: "Note on a method for calculating corrected sums of squares and products", Technometrics 1962.</summary>
    private double ComputeVariation()
    {
        if (!_labels.IsDefault)
            return 0;

        double[] means = new double[TargetLength];
        double variation = 0;
        float[] targets = new float[TargetLength];
        for (int i = 0; i < Count; i++)
        {
            CopyTargets([i], targets);
            double share = 1.0 / (i + 1);
            for (int place = 0; place < targets.Length; place++)
            {
                double fromOldMean = targets[place] - means[place];
                means[place] += fromOldMean * share;
                variation += fromOldMean * (targets[place] - means[place]);
            }
        }

        return variation;
    }

    private void CheckGather(ReadOnlySpan<int> indices, int length, int each, string name)
    {
        if (length != (long)indices.Length * each)
            throw new ArgumentException(Invariant($"{name} has {length} elements, not {indices.Length} × {each}"), name);

        foreach (int index in indices)
            Checked(index);
    }

    private int Checked(int index)
        => (uint)index < (uint)Count
            ? index
            : throw new ArgumentException(Invariant($"index {index} is not a sample: there are {Count}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
