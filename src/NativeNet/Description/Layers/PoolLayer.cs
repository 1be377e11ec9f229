using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "maxPool2d", "poolSize": 2 }</c>: one value for each window and channel.</summary>
internal sealed class PoolLayer : UnaryForm<PoolSpec>
{
    /// <summary>Keras says false, PyTorch and ONNX say true of what they call count_include_pad.</summary>
    private static readonly SwitchKey CountPadding = new("countPadding", false);

    private static readonly Setting<Sides> NoDilation = new(null, IsValid: true, new Sides(1, 1));

    private readonly PoolKind _kind;
    private readonly WindowKeys _window;
    private readonly SidesKey _size, _strides;

    private PoolLayer(string name, PoolKind kind, WindowKeys window, SidesKey size, SidesKey strides)
        : base(name, kind == PoolKind.Max ? [size, strides, window.Padding] : [size, strides, window.Padding, CountPadding])
        => (_kind, _window, _size, _strides) = (kind, window, size, strides);

    /// <summary>A type of pooling.</summary>
    /// <param name="name">What an object of this type is called in messages.</param>
    /// <param name="kind">Which value of a window.</param>
    /// <param name="window">What the window walks over.</param>
    /// <remarks>As Keras has it, windows lie side by side unless the file says otherwise.</remarks>
    public static PoolLayer Of(string name, PoolKind kind, WindowKeys window)
    {
        int sides = window.KernelSize.SideCount;
        return new PoolLayer(
            name, kind, window, new SidesKey("poolSize", sides, 1, NetworkLimits.WindowSide, 2),
            new SidesKey("strides", sides, 1, NetworkLimits.WindowSide, null, required: false));
    }

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<Sides> size = _size.Read(layer, diagnostics);
        Setting<Sides> strides = _strides.Read(layer, diagnostics);
        Setting<bool> countPadding = _kind == PoolKind.Max ? new(null, IsValid: true, false) : CountPadding.Read(layer, diagnostics);
        if (strides.Property is null)
            strides = strides with { Value = size.Value };

        if (_window.Fit(layer, size, strides, NoDilation, place.Input, diagnostics) is not { } window
            || _window.OutputShape(layer, window, window.Channels, diagnostics) is not { } output || !countPadding.IsValid)
        {
            return default;
        }

        return CheckedLayer.Of(new PoolSpec(place.Index, place.Input!.Value, output, _kind, window) { CountsPadding = countPadding.Value });
    }

    protected override string WriteKeys(PoolSpec layer)
        => _size.Write(WindowKeys.KernelOf(layer.Window)) + _strides.Write(WindowKeys.StridesOf(layer.Window))
            + _window.Padding.Write(_window.PaddingOf(layer.Window)) + (layer.CountsPadding ? CountPadding.Write(true) : "");
}
