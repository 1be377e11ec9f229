using System.Globalization;
using System.Text;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>The one place where values become C# literals.</summary>
internal static class Literal
{
    /// <summary>A finite float, with the nine digits that give the same bits back.</summary>
    public static string Of(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    /// <summary>A string as a C# string literal.</summary>
    public static string Of(string value)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                literal.Append(c);
            else
                literal.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A matrix as the expression that makes it.</summary>
    public static string Of(PanelMatrix matrix)
        => FormattableString.Invariant($"new global::NativeNet.Tensors.PanelMatrix({matrix.Rows}, {matrix.Columns}, {matrix.FullWidth}{(matrix.Gates == 1 ? "" : FormattableString.Invariant($", {matrix.Gates}"))})");

    /// <summary>A window as the expression that makes it.</summary>
    public static string Of(Window2D window)
        => FormattableString.Invariant($"new Window2D({Of(window.Vertical)}, {Of(window.Horizontal)}, {window.Channels})");

    /// <summary>Which positions are put out, as the expression that makes it.</summary>
    public static string Of(ResampleAxis axis)
        => FormattableString.Invariant($"new ResampleAxis({axis.Input}, {axis.Output}, {axis.First}, {axis.Repeats})");

    private static string Of(WindowAxis axis)
        => FormattableString.Invariant($"new WindowAxis({axis.Input}, {axis.Kernel}, {axis.Stride}, {axis.Dilation}, {axis.Before}, {axis.Output})");

    /// <summary>A number of things in words, for example <c>2 windows</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="noun">What, as one of them is called.</param>
    public static string Count(int number, string noun) => FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>An integer for people: thousands separated by commas.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
