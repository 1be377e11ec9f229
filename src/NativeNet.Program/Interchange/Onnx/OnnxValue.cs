using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A value of a graph while it is imported.</summary>
internal abstract record OnnxValue;

/// <summary>A value that depends on the sample.</summary>
/// <param name="Source">The layer that gives it; −1 is the network's input.</param>
/// <param name="Map">Where its elements lie in what the layer gives.</param>
internal sealed record SampleValue(int Source, AxisMap Map) : OnnxValue
{
    /// <summary>Zeros around it, for each axis in front of the first element and behind the last; empty for none.</summary>
    /// <remarks>Only layers that walk a window can take them.</remarks>
    public ImmutableArray<(int Before, int After)> Pads { get; init; } = [];
}

/// <summary>A value that is the same for every sample.</summary>
/// <param name="Dimensions">Its sizes, outermost first.</param>
/// <param name="IsFloat">Whether its elements are floats; else they are integers.</param>
internal abstract record ConstantValue(ImmutableArray<int> Dimensions, bool IsFloat) : OnnxValue
{
    /// <summary>The elements as floats.</summary>
    public abstract float[] Floats { get; }

    /// <summary>The elements as integers.</summary>
    public abstract long[] Integers { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Dimensions.Aggregate(1, static (product, size) => checked(product * size));
}

/// <summary>A tensor of the file, read when somebody asks for its elements.</summary>
/// <param name="Tensor">The tensor.</param>
internal sealed record StoredConstant(OnnxTensor Tensor) : ConstantValue(Tensor.Dimensions, Tensor.IsFloat)
{
    private float[]? _floats;
    private long[]? _integers;

    /// <inheritdoc/>
    public override float[] Floats => _floats ??= Tensor.ToFloats();

    /// <inheritdoc/>
    public override long[] Integers => _integers ??= Tensor.ToIntegers();
}

/// <summary>Floats that were worked out.</summary>
/// <param name="Dimensions">The sizes.</param>
/// <param name="Elements">The elements.</param>
internal sealed record FloatConstant(ImmutableArray<int> Dimensions, float[] Elements) : ConstantValue(Dimensions, IsFloat: true)
{
    /// <inheritdoc/>
    public override float[] Floats => Elements;

    /// <inheritdoc/>
    public override long[] Integers => [.. Elements.Select(static value => (long)value)];
}

/// <summary>Integers that were worked out, shapes mostly.</summary>
/// <param name="Dimensions">The sizes.</param>
/// <param name="Elements">The elements.</param>
internal sealed record IntegerConstant(ImmutableArray<int> Dimensions, long[] Elements) : ConstantValue(Dimensions, IsFloat: false)
{
    /// <inheritdoc/>
    public override float[] Floats => [.. Elements.Select(static value => (float)value)];

    /// <inheritdoc/>
    public override long[] Integers => Elements;
}
