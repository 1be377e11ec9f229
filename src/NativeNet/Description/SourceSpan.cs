namespace NativeNet.Description;

/// <summary>A stretch of the text of a network file.</summary>
/// <param name="Start">The first UTF-16 code unit, from 0; a byte-order mark counts.</param>
/// <param name="Length">How many code units, 0 at the end of the text.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The first code unit after the stretch.</summary>
    public int End => Start + Length;

    /// <summary>The stretch from <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    /// <param name="start">The first code unit.</param>
    /// <param name="end">The first code unit after it, at least <paramref name="start"/>.</param>
    public static SourceSpan Between(int start, int end) => new(start, end - start);
}
