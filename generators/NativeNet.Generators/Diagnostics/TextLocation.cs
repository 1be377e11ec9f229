using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NativeNet.Generators.Diagnostics;

/// <summary>A place in a file, by value: Roslyn's own <see cref="Location"/> holds the whole syntax tree alive.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The characters.</param>
/// <param name="Lines">The same in lines and columns.</param>
internal readonly record struct TextLocation(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static TextLocation Of(Location location)
        => new(location.GetLineSpan().Path, location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
