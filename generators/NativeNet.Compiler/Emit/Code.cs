using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NativeNet.Compiler.Emit;

/// <summary>A piece of code, built from an interpolated string that may hold strings and integers only.</summary>
/// <remarks>
/// Integers are printed with the invariant culture; anything else, a float above all, does not compile and has to pass
/// through the one place where a language's values become literals. So no culture can reach the output.
/// </remarks>
[InterpolatedStringHandler]
internal readonly struct Code(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (8 * formattedCount));

    public override string ToString() => _text.ToString();

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string value) => _text.Append(value);

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));
}
