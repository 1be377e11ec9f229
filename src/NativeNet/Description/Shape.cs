using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Description;

/// <summary>The dimensions of one sample: height, width, channels for an image, a single number for a vector.</summary>
/// <param name="Dimensions">One to three positive sizes, outermost first.</param>
public readonly record struct Shape(EquatableArray<int> Dimensions)
{
    /// <summary>A shape of the given sizes.</summary>
    /// <param name="dimensions">One to three positive sizes, outermost first.</param>
    public static Shape Of(params int[] dimensions) => new(new EquatableArray<int>(ImmutableArray.Create(dimensions)));

    /// <summary>The number of dimensions.</summary>
    public int Rank => Dimensions.Count;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            foreach (int dimension in Dimensions)
                length = checked(length * dimension);
            return length;
        }
    }

    /// <summary>The last dimension: the channels of an image, the elements of a vector.</summary>
    public int Channels => Dimensions[Rank - 1];

    /// <summary>How often the channels occur: the product of the other dimensions, 1 for a vector.</summary>
    public int Positions => Length / Channels;

    /// <summary>A signal of as many channels; null where this is none.</summary>
    /// <param name="frames">Its frames.</param>
    internal Shape? WithFrames(int frames) => Rank == 2 ? Of(frames, Channels) : null;

    /// <summary>The sizes joined by ×, for example <c>8×8×1</c>.</summary>
    public override string ToString()
    {
        // Without a query, whose operators are virtual and generic at once: a native program would carry a type loader for them.
        string[] sizes = new string[Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Dimensions[i].ToString(CultureInfo.InvariantCulture);
        return string.Join("×", sizes);
    }
}
