using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "cropping1d", "before": 4 }</c>: without positions at the edges.</summary>
internal sealed class CroppingLayer : UnaryForm<ResampleSpec>
{
    private readonly WindowKeys _window;
    private readonly IntegerKey[] _edges;

    private CroppingLayer(string name, WindowKeys window, IntegerKey[] edges)
        : base(name, edges)
        => (_window, _edges) = (window, edges);

    /// <summary>Cropping of signals.</summary>
    public static CroppingLayer Signal { get; } = new("a cropping1d layer", WindowKeys.Signal, [Edge("before"), Edge("behind")]);

    /// <summary>Cropping of images.</summary>
    public static CroppingLayer Image { get; } = new("a cropping2d layer", WindowKeys.Image, [Edge("left"), Edge("right"), Edge("top"), Edge("bottom")]);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int>[] edges = [.. _edges.Select(key => key.Read(layer, diagnostics))];
        if (_window.Require(layer, place.Input, diagnostics) is not { } input || edges.Any(static edge => !edge.IsValid))
            return default;

        ResampleAxis? across = Fit(layer, input, input.Dimensions[input.Rank - 2], 0, edges, diagnostics);
        ResampleAxis? down = input.Rank == 2 ? new ResampleAxis(1, 1, 0, 1) : Fit(layer, input, input.Dimensions[0], 2, edges, diagnostics);
        if (across is not { } columns || down is not { } rows)
            return default;

        Shape output = input.Rank == 2 ? Shape.Of(columns.Output, input.Channels) : Shape.Of(rows.Output, columns.Output, input.Channels);
        return CheckedLayer.Of(new ResampleSpec(place.Index, input, output, rows, columns, IsCropping: true));
    }

    protected override string WriteKeys(ResampleSpec layer)
    {
        ResampleAxis[] axes = [layer.Horizontal, layer.Vertical];
        return string.Concat(_edges.Select((key, i) => key.Write(i % 2 == 0 ? axes[i / 2].First : axes[i / 2].Input - axes[i / 2].Output - axes[i / 2].First)));
    }

    /// <summary>What two edges leave of a dimension, or null where that is nothing.</summary>
    private ResampleAxis? Fit(JsonObject layer, Shape input, int length, int first, Setting<int>[] edges, DiagnosticBag diagnostics)
    {
        int before = edges[first].Value, behind = edges[first + 1].Value;
        if (before + behind < length)
            return new ResampleAxis(length, length - before - behind, before, 1);

        SourceSpan span = (edges[first].Property ?? edges[first + 1].Property ?? layer.Find(Type.Name))!.Value.Span;
        diagnostics.Add(DiagnosticTable.NothingLeft, span, _edges[first].Name, _edges[first + 1].Name, input.ToString());
        return null;
    }

    private static IntegerKey Edge(string name) => new(name, 0, NetworkLimits.Size, 0);
}
