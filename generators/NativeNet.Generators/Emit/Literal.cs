using System.Globalization;

namespace NativeNet.Generators.Emit;

/// <summary>The one place where values become C# literals.</summary>
internal static class Literal
{
    /// <summary>A finite float, with the nine digits that give the same bits back.</summary>
    public static string Of(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    /// <summary>A string as a C# string literal.</summary>
    public static string Of(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>An integer for people: thousands separated by commas.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
