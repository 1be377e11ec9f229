using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>An additional file in memory.</summary>
internal sealed class MemoryText(string path, string? text) : AdditionalText
{
    private readonly SourceText? _text = text is null ? null : SourceText.From(text);

    public override string Path => path;

    public override SourceText? GetText(CancellationToken cancellationToken = default) => _text;
}
