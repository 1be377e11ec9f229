using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "maxPool2d", "poolSize": 2 }</c>: one value for each window and channel.</summary>
/// <param name="kind">Which value.</param>
/// <param name="name">What an object of this type is called in messages.</param>
internal sealed class PoolLayer(PoolKind kind, string name) : UnaryForm<PoolSpec>(name, PoolSize, Strides, WindowKeys.Image.Padding)
{
    private static readonly SidesKey PoolSize = new("poolSize", 2, 1, NetworkLimits.WindowSide, 2);

    /// <summary>As Keras has it: windows lie side by side unless the file says otherwise.</summary>
    private static readonly SidesKey Strides = new("strides", 2, 1, NetworkLimits.WindowSide, null, required: false);

    private static readonly Setting<Sides> NoDilation = new(null, IsValid: true, new Sides(1, 1));

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<Sides> size = PoolSize.Read(layer, diagnostics);
        Setting<Sides> strides = Strides.Read(layer, diagnostics);
        if (strides.Property is null)
            strides = strides with { Value = size.Value };

        if (WindowKeys.Image.Fit(layer, size, strides, NoDilation, place.Input, diagnostics) is not { } window
            || WindowKeys.Image.OutputShape(layer, window, window.Channels, diagnostics) is not { } output)
        {
            return default;
        }

        return CheckedLayer.Of(new PoolSpec(place.Index, place.Input!.Value, output, kind, window));
    }

    protected override string WriteKeys(PoolSpec layer)
        => PoolSize.Write(WindowKeys.KernelOf(layer.Window)) + Strides.Write(WindowKeys.StridesOf(layer.Window))
            + WindowKeys.Image.Padding.Write(WindowKeys.Image.PaddingOf(layer.Window));
}
