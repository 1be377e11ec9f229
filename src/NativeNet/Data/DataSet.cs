using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Data;

/// <summary>Labelled samples in memory, immutable.</summary>
/// <remarks>
/// Inputs stay as they came, bytes with a factor or floats, and become floats only as they are gathered into a batch:
/// the 60,000 images of MNIST take 47 MB here instead of 188.
/// </remarks>
public sealed class DataSet
{
    private readonly ImmutableArray<byte> _bytes;
    private readonly ImmutableArray<float> _floats;
    private readonly ImmutableArray<int> _labels;
    private readonly float _scale;

    private DataSet(
        Shape inputShape, ImmutableArray<byte> bytes, ImmutableArray<float> floats, float scale,
        ImmutableArray<int> labels, int classCount)
    {
        InputShape = inputShape;
        InputLength = inputShape.Length;
        ClassCount = classCount;
        _bytes = bytes;
        _floats = floats;
        _scale = scale;
        _labels = labels;
        Check();
    }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count => _labels.Length;

    /// <summary>The shape of one input.</summary>
    public Shape InputShape { get; }

    /// <summary>The floats of one input.</summary>
    public int InputLength { get; }

    /// <summary>The number of classes; every label is below it.</summary>
    public int ClassCount { get; }

    /// <summary>The class of every sample, (Count), from 0 to <see cref="ClassCount"/> − 1.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan();

    /// <summary>A data set whose inputs are bytes; as floats they are byte · <paramref name="scale"/>.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="scale">The factor, positive and finite, for example 1/255.</param>
    /// <param name="labels">(count) classes.</param>
    /// <param name="classCount">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label or the scale is out of range.</exception>
    public static DataSet FromBytes(
        Shape inputShape, ImmutableArray<byte> inputs, float scale, ImmutableArray<int> labels, int classCount)
        => new(inputShape, inputs, default, scale, labels, classCount);

    /// <summary>A data set whose inputs are floats.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">(count, inputShape.Length), row-major.</param>
    /// <param name="labels">(count) classes.</param>
    /// <param name="classCount">The number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a label is out of range.</exception>
    public static DataSet FromFloats(
        Shape inputShape, ImmutableArray<float> inputs, ImmutableArray<int> labels, int classCount)
        => new(inputShape, default, inputs, 1f, labels, classCount);

    /// <summary>Gathers inputs into a batch, without allocating.</summary>
    /// <param name="indices">(batch) positions of samples, in any order, repeated or not.</param>
    /// <param name="inputs">(batch, InputLength), row-major, overwritten.</param>
    /// <exception cref="ArgumentException">A length or an index is wrong.</exception>
    public void CopyInputs(ReadOnlySpan<int> indices, Span<float> inputs)
    {
        if (inputs.Length != (long)indices.Length * InputLength)
            throw new ArgumentException(Invariant($"inputs has {inputs.Length} floats, not {indices.Length} × {InputLength}"), nameof(inputs));

        foreach (int index in indices)
            Checked(index);

        if (IsFloats)
            CopyFloats(indices, inputs);
        else
            ByteScaling.Gather(_bytes.AsSpan(), indices, InputLength, _scale, inputs);
    }

    /// <summary>Gathers labels into a batch, without allocating.</summary>
    /// <param name="indices">(batch) positions of samples.</param>
    /// <param name="labels">(batch), overwritten.</param>
    /// <exception cref="ArgumentException">A length or an index is wrong.</exception>
    public void CopyLabels(ReadOnlySpan<int> indices, Span<int> labels)
    {
        if (labels.Length != indices.Length)
            throw new ArgumentException(Invariant($"labels has {labels.Length} elements, not {indices.Length}"), nameof(labels));

        for (int i = 0; i < indices.Length; i++)
            labels[i] = _labels[Checked(indices[i])];
    }

    /// <summary>The classes that samples are of, ascending.</summary>
    public IReadOnlyList<int> FindClasses() => [.. _labels.Distinct().Order()];

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

    /// <summary>A data set of some of the samples, copied, in the order of <paramref name="indices"/>.</summary>
    /// <param name="indices">Positions of samples, at least one.</param>
    /// <exception cref="ArgumentException">An index is out of range, or there is none.</exception>
    public DataSet Select(ReadOnlySpan<int> indices)
    {
        int[] labels = new int[indices.Length];
        CopyLabels(indices, labels);
        ImmutableArray<int> chosen = ImmutableCollectionsMarshal.AsImmutableArray(labels);
        return IsFloats
            ? FromFloats(InputShape, ImmutableCollectionsMarshal.AsImmutableArray(Gather(_floats.AsSpan(), indices)), chosen, ClassCount)
            : FromBytes(InputShape, ImmutableCollectionsMarshal.AsImmutableArray(Gather(_bytes.AsSpan(), indices)), _scale, chosen, ClassCount);
    }

    /// <summary>
    /// Identifies the contents: the first 8 bytes of the SHA-256 over shape, classes, scale, labels and stored inputs,
    /// as 16 hexadecimal digits.
    /// </summary>
    /// <remarks>Reads all contents, at about 160 MB a second: 0.3 s for MNIST.</remarks>
    public string ComputeFingerprint()
    {
        var hash = new Sha256();
        hash.AppendValues([InputShape.Rank, .. InputShape.Dimensions, ClassCount, Count, IsFloats ? 0 : 1]);
        hash.AppendValues([BitConverter.SingleToInt32Bits(_scale)]);
        hash.AppendValues(Labels);
        hash.Append(_bytes.AsSpan());
        hash.AppendValues(_floats.AsSpan());

        Span<byte> digest = stackalloc byte[Sha256.DigestLength];
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest[..8]);
    }

    private bool IsFloats => !_floats.IsDefault;

    private void CopyFloats(ReadOnlySpan<int> indices, Span<float> inputs)
    {
        for (int i = 0; i < indices.Length; i++)
            _floats.AsSpan(indices[i] * InputLength, InputLength).CopyTo(inputs[(i * InputLength)..]);
    }

    private T[] Gather<T>(ReadOnlySpan<T> inputs, ReadOnlySpan<int> indices)
    {
        T[] chosen = new T[checked(indices.Length * InputLength)];
        for (int i = 0; i < indices.Length; i++)
            inputs.Slice(indices[i] * InputLength, InputLength).CopyTo(chosen.AsSpan(i * InputLength));
        return chosen;
    }

    private int Checked(int index)
        => (uint)index < (uint)Count
            ? index
            : throw new ArgumentException(Invariant($"index {index} is not a sample: there are {Count}"));

    private void Check()
    {
        if (_labels.IsDefaultOrEmpty)
            throw new ArgumentException("a data set needs at least one sample");
        if (ClassCount < 1)
            throw new ArgumentException(Invariant($"the class count is {ClassCount}; it must be at least 1"));
        if (!float.IsFinite(_scale) || _scale <= 0)
            throw new ArgumentException(Invariant($"the scale is {_scale}; it must be positive and finite"));

        int elements = IsFloats ? _floats.Length : _bytes.AsSpan().Length;
        if (elements != (long)Count * InputLength)
            throw new ArgumentException(Invariant($"there are {elements} input elements, not {Count} samples × {InputLength}"));

        int outside = Labels.IndexOfAnyExceptInRange(0, ClassCount - 1);
        if (outside >= 0)
            throw new ArgumentException(Invariant($"label {Labels[outside]} of sample {outside} is not from 0 to {ClassCount - 1}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
