using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>Windows of one sample that a method takes at once, for some filters.</summary>
/// <param name="Filters">The filters.</param>
/// <param name="Windows">How many windows.</param>
/// <param name="IsColumn">Whether they lie below each other, and not side by side.</param>
internal readonly record struct WindowTile(FilterStretch Filters, int Windows, bool IsColumn)
{
    /// <summary>The registers: rows are windows.</summary>
    public Tile Tile => Filters.Tile with { Rows = Windows };

    /// <summary>Whether a row of the kernel stays in registers, which takes windows side by side.</summary>
    public bool KeepsKernelRow => Filters.KeepsKernelRow && Windows > 1 && !IsColumn;

    /// <summary>What the name of the method ends with.</summary>
    public string Suffix => FormattableString.Invariant($"{(IsColumn ? "Down" : "")}{(Filters.First > 0 ? "Last" : "")}{Windows}x{Filters.Tile.Vectors}");
}
