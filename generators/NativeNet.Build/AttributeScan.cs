using System.Text.RegularExpressions;
using NativeNet.Compiler.Weights;

namespace NativeNet.Build;

/// <summary>Finds the files that attributes name in C#, before there is a compilation.</summary>
/// <remarks>
/// It sees what is written as plain strings inside one attribute, outside of comments and strings. The generator, which
/// sees the attribute itself, reports one that was not found here.
/// </remarks>
internal static class AttributeScan
{
    private static readonly Regex Pattern = new(
        """"
        //[^\r\n]*
        | /\*[\s\S]*?\*/
        | (?<quotes>"{3,})[\s\S]*?\k<quotes>
        | (?:@\$?|\$@)"(?:[^"]|"")*"
        | "(?:\\.|[^"\\\r\n])*"
        | '(?:\\.|[^'\\\r\n])+'
        | \bNetwork(?:Attribute)?\s*\(\s*(?:path\s*:\s*)?"(?<network>[^"\\\p{C}]*)"\s*,\s*Weights\s*=\s*"(?<weights>[^"\\\p{C}]*)"
        """",
        RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace);

    /// <summary>The pairs that a text names, in its order.</summary>
    /// <param name="code">C#.</param>
    public static IEnumerable<WeightsPair> Find(string code)
    {
        if (code.IndexOf("Weights", StringComparison.Ordinal) < 0)
            yield break;

        foreach (Match match in Pattern.Matches(code))
        {
            if (match.Groups["network"].Success)
                yield return new WeightsPair(match.Groups["network"].Value, match.Groups["weights"].Value);
        }
    }
}
