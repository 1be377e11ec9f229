namespace NativeNet.Compiler.Emit.C;

/// <summary>Expressions of indices as people write them: without factors of 1 and terms of 0.</summary>
internal static class Terms
{
    /// <summary>A product.</summary>
    /// <param name="place">A name, or an expression in parentheses.</param>
    /// <param name="factor">At least 1.</param>
    public static string Times(string place, int factor) => factor == 1 ? place : FormattableString.Invariant($"{place} * {factor}");

    /// <summary>A difference.</summary>
    /// <param name="place">An expression.</param>
    /// <param name="term">At least 0.</param>
    public static string Minus(string place, int term) => term == 0 ? place : FormattableString.Invariant($"{place} - {term}");

    /// <summary>A sum.</summary>
    /// <param name="place">An expression.</param>
    /// <param name="term">At least 0.</param>
    public static string Plus(string place, int term) => term == 0 ? place : FormattableString.Invariant($"{place} + {term}");
}
