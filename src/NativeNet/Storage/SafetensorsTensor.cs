using System.Collections.Immutable;

namespace NativeNet.Storage;

/// <summary>A named tensor of 32-bit floats, as a safetensors file holds it.</summary>
public sealed class SafetensorsTensor
{
    /// <summary>A tensor.</summary>
    /// <param name="name">Its name, for example <c>layers.1.weight</c>; not <c>__metadata__</c>.</param>
    /// <param name="shape">The sizes, outermost first, none negative; none at all for a scalar.</param>
    /// <param name="values">The elements, row-major; as many as the product of the sizes.</param>
    /// <exception cref="ArgumentException">The name is reserved, or the shape and the values do not fit.</exception>
    public SafetensorsTensor(string name, ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        if (name == SafetensorsFormat.MetadataName)
            throw new ArgumentException("__metadata__ is not a name for a tensor: the format reserves it", nameof(name));
        if (SafetensorsFormat.CountElements(shape.AsSpan()) != values.Length)
            throw new ArgumentException($"tensor '{name}': the values are not as many as the shape has", nameof(values));

        Name = name;
        Shape = shape;
        Values = values;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The elements, row-major.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
