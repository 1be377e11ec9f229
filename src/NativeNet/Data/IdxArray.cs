using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
public sealed class IdxArray
{
    internal IdxArray(EquatableArray<int> dimensions, ImmutableArray<byte> elements)
    {
        Dimensions = dimensions;
        Elements = elements;
    }

    /// <summary>One to four positive sizes, outermost first.</summary>
    public EquatableArray<int> Dimensions { get; }

    /// <summary>The elements, row-major; as many as the product of the dimensions.</summary>
    public ImmutableArray<byte> Elements { get; }
}
