using System.Collections.Immutable;

namespace NativeNet.Description.Json;

/// <summary>A JSON value and where it stands.</summary>
/// <param name="span">The value from its first to its last character, quotes and brackets included.</param>
internal abstract class JsonNode(SourceSpan span)
{
    /// <summary>The value from its first to its last character, quotes and brackets included.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>What the value is, for messages: "a string", "an object".</summary>
    public abstract string Kind { get; }
}

/// <summary>Keys and values in the order of the text; a key may appear twice.</summary>
internal sealed class JsonObject(SourceSpan span, ImmutableArray<JsonProperty> properties) : JsonNode(span)
{
    public ImmutableArray<JsonProperty> Properties { get; } = properties;

    public override string Kind => "an object";

    /// <summary>The opening brace: what messages underline when something is missing inside.</summary>
    public SourceSpan Opening => new(Span.Start, 1);

    /// <summary>The first property with the key <paramref name="name"/>, or null.</summary>
    public JsonProperty? Find(string name) => Properties.FirstOrDefault(property => property.Name == name);
}

/// <summary>Values in a row.</summary>
internal sealed class JsonArray(SourceSpan span, ImmutableArray<JsonNode> elements) : JsonNode(span)
{
    public ImmutableArray<JsonNode> Elements { get; } = elements;

    public override string Kind => "an array";
}

/// <summary>Text with its escapes resolved.</summary>
internal sealed class JsonString(SourceSpan span, string value) : JsonNode(span)
{
    public string Value { get; } = value;

    public override string Kind => "a string";
}

/// <summary>A number as it is written; what it means depends on the key.</summary>
internal sealed class JsonNumber(SourceSpan span, string text) : JsonNode(span)
{
    public string Text { get; } = text;

    public override string Kind => "a number";
}

/// <summary><c>true</c>, <c>false</c> or <c>null</c>, as written.</summary>
internal sealed class JsonLiteral(SourceSpan span, string text) : JsonNode(span)
{
    public string Text { get; } = text;

    public override string Kind => Text;
}

/// <summary>A key with its value.</summary>
/// <param name="name">The key with its escapes resolved.</param>
/// <param name="nameSpan">The key with its quotes.</param>
/// <param name="value">The value.</param>
internal sealed class JsonProperty(string name, SourceSpan nameSpan, JsonNode value)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public JsonNode Value { get; } = value;
}
