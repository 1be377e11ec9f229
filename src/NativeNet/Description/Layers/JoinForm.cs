using System.Collections.Immutable;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>
/// A type of layer that joins several: those that <c>from</c> lists, or, where it names one, the layer before and that one.
/// It has no other keys.
/// </summary>
/// <param name="name">What an object of this type is called in messages: "an add layer".</param>
/// <param name="needed">What its sources must fulfil, for messages: "only equal shapes can be added".</param>
internal abstract class JoinForm(string name, string needed) : LayerForm(name, [SourceKey.Operands])
{
    public sealed override ImmutableArray<LayerSource?> FindSources(JsonObject layer, LayerNames names, DiagnosticBag diagnostics)
    {
        Setting<EquatableArray<string>> from = SourceKey.Operands.Read(layer, diagnostics);
        if (from is not { IsValid: true, Property: { } given })
            return [null];

        LayerSource?[] named = [.. NamesKey.TextsOf(given.Value).Select(text => names.Find(text, diagnostics))];
        return named.Length == 1 ? [names.Before, .. named] : [.. named];
    }

    public sealed override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        foreach (LayerSource? source in place.Sources)
        {
            if (source?.Output is not { } shape)
                return default;
            shapes.Add(shape);
        }

        return CheckShapes(place, shapes.ToImmutable(), diagnostics) && Join(layer, place.Index, shapes.ToImmutable(), diagnostics) is { } spec
            ? CheckedLayer.Of(spec)
            : default;
    }

    public sealed override string Write(LayerSpec layer, Func<int, string> nameOf)
    {
        bool joinsBefore = layer.Sources.Count == 2 && layer.Sources[0] == layer.Index - 1;
        return SourceKey.Operands.Write(new EquatableArray<string>([.. layer.Sources.Skip(joinsBefore ? 1 : 0).Select(nameOf)]));
    }

    /// <summary>Whether a source can be joined with the first.</summary>
    /// <param name="first">The shape of the first source.</param>
    /// <param name="other">The shape of a later one.</param>
    protected abstract bool Fits(Shape first, Shape other);

    /// <summary>The layer, or null where it would be too large, which is reported.</summary>
    /// <param name="layer">The object in the file.</param>
    /// <param name="index">Its position in the file.</param>
    /// <param name="shapes">The shapes of its sources, which fit each other.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    protected abstract LayerSpec? Join(JsonObject layer, int index, ImmutableArray<Shape> shapes, DiagnosticBag diagnostics);

    private bool CheckShapes(LayerPlace place, ImmutableArray<Shape> shapes, DiagnosticBag diagnostics)
    {
        bool fit = true;
        for (int i = 1; i < shapes.Length; i++)
        {
            if (Fits(shapes[0], shapes[i]) || place.Sources[i] is not { Name: { } name } || place.Sources[0] is not { } first)
                continue;

            fit = false;
            diagnostics.Add(
                DiagnosticTable.ShapesDiffer, name.Span, first.Describe(), Excerpt.Of(name.Value), shapes[i].ToString(), needed);
        }

        return fit;
    }
}
