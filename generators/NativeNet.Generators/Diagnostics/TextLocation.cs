using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NativeNet.Description;

namespace NativeNet.Generators.Diagnostics;

/// <summary>A place in a file, by value: Roslyn's own <see cref="Location"/> holds the whole syntax tree alive.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The characters.</param>
/// <param name="Lines">The same in lines and columns.</param>
internal readonly record struct TextLocation(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static TextLocation Of(Location location)
        => new(location.GetLineSpan().Path, location.SourceSpan, location.GetLineSpan().Span);

    /// <summary>A place in a text that is no C#. Lines are Roslyn's: they also end at U+0085, U+2028 and U+2029, and editors go by them.</summary>
    public static TextLocation Of(string path, SourceText text, SourceSpan span)
    {
        var characters = new TextSpan(span.Start, span.Length);
        return new TextLocation(path, characters, text.Lines.GetLinePositionSpan(characters));
    }

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
