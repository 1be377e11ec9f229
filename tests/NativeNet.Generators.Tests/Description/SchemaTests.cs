using System.Text.Json;
using NativeNet.Description;
using NativeNet.Description.Layers;
using NativeNet.Description.Schedules;
using NativeNet.Description.Syntax;
using NativeNet.Description.Validation;

namespace NativeNet.Generators.Tests.Description;

/// <summary>The schema says what the keys in the code say, and the other way round.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema = Load();

    [Fact]
    public void The_network_has_the_keys_of_the_code()
        => CheckObject(Schema, NetworkSyntax.Form);

    [Fact]
    public void Every_type_of_layer_has_the_keys_of_the_code()
    {
        WordTable<LayerForm> forms = LayerTable.Forms;
        JsonElement layer = Schema.GetProperty("$defs").GetProperty("layer");

        Assert.Equal(forms.Words, Strings(layer.GetProperty("properties").GetProperty("type").GetProperty("enum")));
        Assert.Equal(
            forms.Words.Select(static word => (word, "#/$defs/" + word)),
            layer.GetProperty("allOf").EnumerateArray().Select(static branch => (
                branch.GetProperty("if").GetProperty("properties").GetProperty("type").GetProperty("const").GetString()!,
                branch.GetProperty("then").GetProperty("$ref").GetString()!)));
        foreach (string word in forms.Words)
            CheckObject(Schema.GetProperty("$defs").GetProperty(word), forms[word].Form);
    }

    [Fact]
    public void The_training_section_has_the_keys_of_the_code()
        => CheckObject(Schema.GetProperty("$defs").GetProperty("training"), TrainingSection.Form);

    [Fact]
    public void The_budget_has_the_keys_of_the_code()
        => CheckObject(Schema.GetProperty("$defs").GetProperty("budget"), BudgetSection.Form);

    [Fact]
    public void Every_type_of_schedule_has_the_keys_of_the_code()
    {
        WordTable<ScheduleForm> forms = ScheduleTable.Forms;
        JsonElement schedule = Schema.GetProperty("$defs").GetProperty("schedule");

        Assert.Equal(forms.Words, Strings(schedule.GetProperty("properties").GetProperty("type").GetProperty("enum")));
        Assert.Equal(
            forms.Words.Select(static word => (word, $"#/$defs/{word}Schedule")),
            schedule.GetProperty("allOf").EnumerateArray().Select(static branch => (
                branch.GetProperty("if").GetProperty("properties").GetProperty("type").GetProperty("const").GetString()!,
                branch.GetProperty("then").GetProperty("$ref").GetString()!)));

        foreach (string word in forms.Words)
            CheckObject(Schema.GetProperty("$defs").GetProperty(word + "Schedule"), forms[word].Form);
    }

    [Fact]
    public void The_schema_defines_nothing_else()
        => Assert.Equal(
            ["layer", .. LayerTable.Forms.Words, "training", "budget", "schedule", .. ScheduleTable.Forms.Words.Select(static word => word + "Schedule")],
            Schema.GetProperty("$defs").EnumerateObject().Select(static definition => definition.Name));

    [Fact]
    public void Every_key_that_is_typed_by_hand_is_explained()
    {
        string[] unexplained =
        [
            .. Described(Schema)
                .Concat(Schema.GetProperty("$defs").EnumerateObject()
                    .SelectMany(static definition => Described(definition.Value))
                    .Where(static key => key.Name != "type"))
                .Where(static key => !key.Value.TryGetProperty("description", out _))
                .Select(static key => key.Name),
        ];

        Assert.Empty(unexplained);

        static IEnumerable<JsonProperty> Described(JsonElement owner) => owner.GetProperty("properties").EnumerateObject();
    }

    private static void CheckObject(JsonElement schema, ObjectForm form)
    {
        JsonElement properties = schema.GetProperty("properties");

        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(
            form.Keys.Select(static key => key.Name).Order(StringComparer.Ordinal),
            properties.EnumerateObject().Select(static property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            form.Keys.Where(static key => key.Required).Select(static key => key.Name),
            Strings(schema.GetProperty("required")));

        foreach (Key key in form.Keys)
            Assert.Equal(Expected(key), Facts(properties.GetProperty(key.Name)));
    }

    /// <summary>What the code says of a key, in the schema's terms.</summary>
    private static string Expected(Key key) => key switch
    {
        StringKey => Words("type", "string"),
        IntegerListKey list => Words(
            "items", "{" + Words("maximum", list.Maximum, "minimum", list.Minimum, "type", "integer") + "}",
            "maxItems", list.MaximumCount, "minItems", 1, "type", "array"),
        NamesKey list => Words(
            "items", "{type=string}", "maxItems", list.MaximumCount, "minItems", list.MinimumCount, "type", list.Required ? "[string,array]" : "array"),
        ObjectListKey list => Words("items", "{$ref=#/$defs/layer}", "maxItems", list.MaximumCount, "minItems", 1, "type", "array"),
        ObjectKey => Words("$ref", "#/$defs/" + key.Name),
        FactorsKey => Words("items", "{type=number}", "maxItems", FactorsKey.MaximumCount, "minItems", 1, "type", "[number,array]"),
        SidesKey sides => Words(Sides(sides)),
        PaddingKey padding => Words(Sides(padding.Explicit, "^(" + string.Join('|', padding.Words.Words) + ")$")),
        TrainableKey words => Words("default", "True", "enum", "[True,False," + string.Join(',', words.Words.Words) + "]"),
        SwitchKey choice => Words("default", choice.Default ? "True" : "False", "type", "boolean"),
        IntegerKey { Required: false } integer => Words(
            "default", integer.Default, "maximum", integer.Maximum, "minimum", integer.Minimum, "type", "integer"),
        IntegerKey integer => Words("maximum", integer.Maximum, "minimum", integer.Minimum, "type", "integer"),
        NumberKey { IsSigned: true, Default: not 0 } number => Words("default", number.Default, "type", "number"),
        NumberKey { IsSigned: true } => Words("type", "number"),
        NumberKey { Required: true, Below: { } below } => Words("exclusiveMaximum", below, "exclusiveMinimum", 0, "type", "number"),
        NumberKey { Required: true } => Words("exclusiveMinimum", 0, "type", "number"),
        NumberKey { Below: { } below } number => Words(
            "default", number.Default, "exclusiveMaximum", below, "exclusiveMinimum", 0, "type", "number"),
        NumberKey number => Words("default", number.Default, "exclusiveMinimum", 0, "type", "number"),
        WordKey<ActivationKind> word => Choice(word),
        WordKey<InitializerKind> word => Choice(word),
        WordKey<LossForm> word => Choice(word),
        WordKey<UpdateRuleKind> word => Choice(word),
        _ => throw new NotSupportedException($"Say here what the schema must say of a {key.GetType().Name}."),
    };

    /// <summary>An integer, or where there are two sides also an array of two; for padding also a word.</summary>
    private static object[] Sides(SidesKey key, string? pattern = null)
    {
        var facts = new List<object>();
        string[] types = [.. pattern is null ? (string[])[] : ["string"], "integer", .. key.SideCount == 1 ? (string[])[] : ["array"]];
        if (key.DefaultSide is { } side)
            facts.AddRange(["default", side]);
        if (key.SideCount == 2)
            facts.AddRange(["items", "{" + Words("maximum", key.Maximum, "minimum", key.Minimum, "type", "integer") + "}", "maxItems", 2]);
        facts.AddRange(["maximum", key.Maximum]);
        if (key.SideCount == 2)
            facts.AddRange(["minItems", 2]);
        facts.AddRange(["minimum", key.Minimum]);
        if (pattern is not null)
            facts.AddRange(["pattern", pattern]);
        facts.AddRange(["type", types.Length == 1 ? types[0] : "[" + string.Join(',', types) + "]"]);
        return [.. facts];
    }

    private static string Choice<T>(WordKey<T> key)
    {
        string words = "[" + string.Join(',', key.Words.Words) + "]";
        return key.DefaultWord is { } defaultWord
            ? Words("default", defaultWord, "enum", words, "type", "string")
            : Words("enum", words, "type", "string");
    }

    private static string Words(params object[] namesAndValues)
        => string.Join(';', namesAndValues.Chunk(2).Select(static pair => FormattableString.Invariant($"{pair[0]}={pair[1]}")));

    /// <summary>What the schema says of a key, its explanation aside.</summary>
    private static string Facts(JsonElement schema)
        => string.Join(';', schema.EnumerateObject()
            .Where(static property => property.Name != "description")
            .OrderBy(static property => property.Name, StringComparer.Ordinal)
            .Select(static property => property.Name + "=" + Print(property.Value)));

    private static string Print(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + Facts(value) + "}",
        JsonValueKind.Array => "[" + string.Join(',', Strings(value)) + "]",
        _ => value.ToString(),
    };

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(static item => item.ToString());

    private static JsonElement Load()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(ModelFiles.Models, "network.schema.json")));
        return document.RootElement.Clone();
    }
}
