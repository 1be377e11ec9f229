using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A required key whose value is a list; each element is an object with a form of its own.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="maximumCount">The most elements; the fewest are 1.</param>
internal sealed class ObjectListKey(string name, int maximumCount)
    : Key<ImmutableArray<JsonNode>>(name, required: true, [])
{
    /// <summary>The most elements; the fewest are 1.</summary>
    public int MaximumCount { get; } = maximumCount;

    protected override string Expected => "an array of objects";

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out ImmutableArray<JsonNode> value)
    {
        value = Default;
        if (node is not JsonArray array)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        if (!ListCount.Check(array, Name, 1, MaximumCount, diagnostics))
            return false;

        value = array.Elements;
        return true;
    }
}
