using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NativeNet.Benchmarks;

/// <summary>An additional file in memory.</summary>
/// <param name="path">Where it would be.</param>
/// <param name="text">Its content.</param>
internal sealed class MemoryText(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
