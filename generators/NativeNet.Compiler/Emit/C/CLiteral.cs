using System.Globalization;

namespace NativeNet.Compiler.Emit.C;

/// <summary>The one place where values become C literals.</summary>
internal static class CLiteral
{
    /// <summary>A finite float in the fewest digits that give the same bits back.</summary>
    public static string Of(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text + (text.Contains('.', StringComparison.Ordinal) || text.Contains('e', StringComparison.Ordinal) ? "f" : ".0f");
    }

    /// <summary>A pattern of 32 bits.</summary>
    public static string Of(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:X8}u");
}
