using System.Text;
using NativeNet.Description;
using NativeNet.Description.Json;

namespace NativeNet.Generators.Tests.Description;

public sealed class JsonReaderTests
{
    [Fact]
    public void Every_node_knows_its_exact_place()
    {
        const string Text = "\uFEFF { \"a\\u0041\" :\t[1, -2.5e+3 ,true] ,\r\n\"\": {\"x\":null, \"y\" : [ ] } , \"s\":\"t\\\"\"}\n";

        string expected = string.Join('\n',
            "object " + Text[2..^1],
            "key aA \"a\\u0041\"",
            "array [1, -2.5e+3 ,true]",
            "number 1",
            "number -2.5e+3",
            "literal true",
            "key  \"\"",
            "object {\"x\":null, \"y\" : [ ] }",
            "key x \"x\"",
            "literal null",
            "key y \"y\"",
            "array [ ]",
            "key s \"s\"",
            "string t\" \"t\\\"\"",
            "");

        Assert.Equal(expected, Print(Read(Text), Text));
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u00e4\\u00C4x\"", "äÄx")]
    [InlineData("\"\\uD83D\\uDE00\"", "😀")]
    [InlineData("\"😀\\n😀\"", "😀\n😀")]
    [InlineData("\"\u007f\u2028\"", "\u007f\u2028")]
    public void Strings_resolve_their_escapes(string text, string expected)
        => Assert.Equal(expected, Assert.IsType<JsonString>(Read(text)).Value);

    [Fact]
    public void Half_a_surrogate_pair_is_kept_as_it_is()
        => Assert.Equal("\uD800", Assert.IsType<JsonString>(Read("\"\\uD800\"")).Value);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("10")]
    [InlineData("0.5")]
    [InlineData("1e5")]
    [InlineData("1E-05")]
    [InlineData("-1.25e+2")]
    [InlineData("123456789012345678901234567890")]
    public void Numbers_keep_their_text(string text)
        => Assert.Equal(text, Assert.IsType<JsonNumber>(Read(text)).Text);

    [Fact]
    public void Brackets_may_nest_to_the_limit_and_no_further()
    {
        string allowed = new string('[', JsonReader.MostLevels) + new string(']', JsonReader.MostLevels);
        Assert.IsType<JsonArray>(Read(allowed));

        Marked.Verify(new string('[', JsonReader.MostLevels) + "«[»" + new string(']', JsonReader.MostLevels + 1), "NNET0004");
    }

    [Fact]
    public void A_text_may_be_as_long_as_the_limit_and_no_longer()
    {
        Assert.IsType<JsonNumber>(Read("1".PadRight(JsonReader.MostCharacters)));

        Marked.VerifyMessage(
            "«»1".PadRight(JsonReader.MostCharacters + 3),
            "NNET0003",
            "The file has 262145 characters; a network description may have 262144");
    }

    private static JsonNode Read(string text)
    {
        var diagnostics = new DiagnosticBag(text);
        JsonNode? root = JsonReader.Read(text, diagnostics);
        Assert.Empty(diagnostics.ToArray());
        Assert.NotNull(root);
        return root;
    }

    /// <summary>One line for each key and value: what it is, and the text under its span.</summary>
    private static string Print(JsonNode node, string text)
    {
        string own = text.Substring(node.Span.Start, node.Span.Length);
        var lines = new StringBuilder();
        switch (node)
        {
            case JsonObject value:
                lines.Append("object ").Append(own).Append('\n');
                foreach (JsonProperty property in value.Properties)
                {
                    string key = text.Substring(property.NameSpan.Start, property.NameSpan.Length);
                    lines.Append("key ").Append(property.Name).Append(' ').Append(key).Append('\n');
                    lines.Append(Print(property.Value, text));
                }

                break;
            case JsonArray value:
                lines.Append("array ").Append(own).Append('\n');
                foreach (JsonNode element in value.Elements)
                    lines.Append(Print(element, text));
                break;
            case JsonString value:
                lines.Append("string ").Append(value.Value).Append(' ').Append(own).Append('\n');
                break;
            case JsonNumber value:
                Assert.Equal(own, value.Text);
                lines.Append("number ").Append(own).Append('\n');
                break;
            case JsonLiteral value:
                Assert.Equal(own, value.Text);
                lines.Append("literal ").Append(own).Append('\n');
                break;
        }

        return lines.ToString();
    }
}
