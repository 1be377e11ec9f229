using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "conv2d", "filters": 6, "kernelSize": 5, "activation": "relu" }</c>: a convolution.</summary>
internal sealed class ConvLayer : UnaryForm<ConvSpec>
{
    private static readonly IntegerKey Filters = new("filters", 1, NetworkLimits.Size);
    private static readonly IntegerKey Groups = new("groups", 1, NetworkLimits.Size, 1);
    private static readonly IntegerKey Multiplier = new("depthMultiplier", 1, NetworkLimits.Size, 1);
    private static readonly SwitchKey Bias = new("bias", true);

    private readonly WindowKeys _window;
    private readonly bool _isDepthwise;

    private ConvLayer(string name, WindowKeys window, params Key[] channels)
        : base(
            name,
            [
                .. channels, window.KernelSize, window.Strides, window.Padding, window.Dilation, Bias,
                ActivationKeys.Activation, .. ActivationKeys.Parameters, InitializerKeys.Weights.Initializer, InitializerKeys.Weights.Gain, Trainable,
            ])
    {
        _window = window;
        _isDepthwise = channels.Contains(Multiplier);
    }

    /// <summary>A convolution of images.</summary>
    public static ConvLayer Image { get; } = new("a conv2d layer", WindowKeys.Image, Filters, Groups);

    /// <summary>A convolution of signals.</summary>
    public static ConvLayer Signal { get; } = new("a conv1d layer", WindowKeys.Signal, Filters, Groups);

    /// <summary>A convolution of images, each channel by itself.</summary>
    public static ConvLayer Depthwise { get; } = new("a depthwiseConv2d layer", WindowKeys.Image, Multiplier);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int> filters = (_isDepthwise ? Multiplier : Filters).Read(layer, diagnostics);
        Setting<int> groups = _isDepthwise ? new(null, IsValid: true, 1) : Groups.Read(layer, diagnostics);
        Setting<bool> bias = Bias.Read(layer, diagnostics);
        ActivationSpec? activation = ActivationKeys.Check(layer, diagnostics);
        InitializerSpec? initializer = InitializerKeys.Weights.Check(layer, diagnostics);
        Window2D? fitted = _window.Fit(
            layer, _window.KernelSize.Read(layer, diagnostics), _window.Strides.Read(layer, diagnostics),
            _window.Dilation.Read(layer, diagnostics), place.Input, diagnostics);
        if (fitted is not { } window || !filters.IsValid || !groups.IsValid || !bias.IsValid)
            return default;

        long wanted = _isDepthwise ? (long)window.Channels * filters.Value : filters.Value;
        int channels = (int)Math.Min(wanted, NetworkLimits.Activations), parts = _isDepthwise ? window.Channels : groups.Value;
        if (_window.OutputShape(layer, window, channels, diagnostics) is not { } output)
            return default;

        bool divides = _isDepthwise || CheckGroups(groups, window.Channels, channels, diagnostics);
        return divides && activation is { } function && initializer is { } first
            ? CheckedLayer.Of(new ConvSpec(place.Index, place.Input!.Value, output, window, parts, bias.Value, function, first))
            : new CheckedLayer(null, output);
    }

    protected override string WriteKeys(ConvSpec layer)
    {
        string channels = _isDepthwise ? Multiplier.Write(layer.GroupFilters) : Filters.Write(layer.Filters);
        string groups = _isDepthwise ? "" : Groups.Write(layer.Groups);
        return channels + _window.Write(layer.Window) + groups + Bias.Write(layer.HasBias)
            + ActivationKeys.Write(layer.Activation) + InitializerKeys.Weights.Write(layer.Initializer);
    }

    private static bool CheckGroups(Setting<int> groups, int channels, int filters, DiagnosticBag diagnostics)
    {
        if (channels % groups.Value == 0 && filters % groups.Value == 0)
            return true;

        diagnostics.Add(
            DiagnosticTable.GroupsDoNotDivide,
            groups.Property!.Value.Span,
            groups.Value.ToString(CultureInfo.InvariantCulture),
            channels.ToString(CultureInfo.InvariantCulture),
            filters.ToString(CultureInfo.InvariantCulture));
        return false;
    }
}
