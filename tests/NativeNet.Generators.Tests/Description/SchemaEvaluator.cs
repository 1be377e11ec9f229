using System.Text.Json;
using System.Text.RegularExpressions;

namespace NativeNet.Generators.Tests.Description;

/// <summary>Evaluates the keywords of JSON Schema (draft 2020-12) that the network schema uses; any other is a failure.</summary>
/// <param name="schema">The whole schema, against which references are resolved.</param>
internal sealed class SchemaEvaluator(JsonElement schema)
{
    public bool Accepts(JsonElement value) => Accepts(schema, value);

    private bool Accepts(JsonElement rule, JsonElement value)
        => rule.EnumerateObject().All(keyword => Accepts(rule, keyword.Name, keyword.Value, value));

    private bool Accepts(JsonElement rule, string keyword, JsonElement operand, JsonElement value) => keyword switch
    {
        // Annotations, and the keywords that "if" and "properties" take care of.
        "$schema" or "$defs" or "title" or "description" or "default" or "then" => true,

        "$ref" => Accepts(Resolve(operand.GetString()!), value),
        "allOf" => operand.EnumerateArray().All(part => Accepts(part, value)),
        "if" => !Accepts(operand, value) || Accepts(rule.GetProperty("then"), value),

        "type" when operand.ValueKind == JsonValueKind.Array => operand.EnumerateArray().Any(type => HasType(type.GetString()!, value)),
        "type" => HasType(operand.GetString()!, value),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, operand.GetString()!),
        "const" => JsonElement.DeepEquals(operand, value),
        "enum" => operand.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)),

        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= operand.GetDouble(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= operand.GetDouble(),
        "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > operand.GetDouble(),
        "exclusiveMaximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() < operand.GetDouble(),

        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= operand.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= operand.GetInt32(),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(operand, item)),

        "required" => value.ValueKind != JsonValueKind.Object
            || operand.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(property
                => !operand.TryGetProperty(property.Name, out JsonElement part) || Accepts(part, property.Value)),
        "additionalProperties" when operand.ValueKind == JsonValueKind.False => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(property => rule.GetProperty("properties").TryGetProperty(property.Name, out _)),
        "dependentSchemas" => value.ValueKind != JsonValueKind.Object
            || operand.EnumerateObject().All(part => !value.TryGetProperty(part.Name, out _) || Accepts(part.Value, value)),

        _ => throw new NotSupportedException($"The schema uses the keyword '{keyword}', which this evaluator does not know."),
    };

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"The schema uses the type '{type}', which this evaluator does not know."),
    };

    private JsonElement Resolve(string reference)
    {
        JsonElement target = schema;
        foreach (string name in reference.Split('/').Skip(1))
            target = target.GetProperty(name);
        return target;
    }
}
