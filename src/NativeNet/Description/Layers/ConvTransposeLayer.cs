using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "conv2dTranspose", "filters": 6, "kernelSize": 3, "strides": 2, "padding": "same" }</c>: a transposed convolution.</summary>
internal sealed class ConvTransposeLayer : UnaryForm<ConvTransposeSpec>
{
    private static readonly IntegerKey Filters = new("filters", 1, NetworkLimits.Size);
    private static readonly SwitchKey Bias = new("bias", true);

    private readonly WindowKeys _window;
    private readonly SidesKey _outputPadding;

    private ConvTransposeLayer(string name, WindowKeys window, SidesKey outputPadding)
        : base(
            name,
            [
                Filters, window.KernelSize, window.Strides, window.Padding, outputPadding, window.Dilation, Bias,
                ActivationKeys.Activation, .. ActivationKeys.Parameters, InitializerKeys.Weights.Initializer, InitializerKeys.Weights.Gain, Trainable,
            ])
        => (_window, _outputPadding) = (window, outputPadding);

    /// <summary>A transposed convolution of images.</summary>
    public static ConvTransposeLayer Image { get; } = Of("a conv2dTranspose layer", WindowKeys.Image);

    /// <summary>A transposed convolution of signals.</summary>
    public static ConvTransposeLayer Signal { get; } = Of("a conv1dTranspose layer", WindowKeys.Signal);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int> filters = Filters.Read(layer, diagnostics);
        Setting<Sides> kernelSize = _window.KernelSize.Read(layer, diagnostics), strides = _window.Strides.Read(layer, diagnostics);
        Setting<Sides> dilation = _window.Dilation.Read(layer, diagnostics), more = _outputPadding.Read(layer, diagnostics);
        Setting<Padding> padding = _window.Padding.Read(layer, diagnostics);
        Setting<bool> bias = Bias.Read(layer, diagnostics);
        ActivationSpec? activation = ActivationKeys.Check(layer, diagnostics);
        InitializerSpec? initializer = InitializerKeys.Weights.Check(layer, diagnostics);
        bool isValid = kernelSize.IsValid && strides.IsValid && dilation.IsValid && padding.IsValid && more.IsValid && filters.IsValid && bias.IsValid;
        if (_window.Require(layer, place.Input, diagnostics) is not { } input || !isValid)
            return default;

        bool isSignal = input.Rank == 2;
        Padding around = padding.Value;
        WindowAxis? vertical = isSignal ? new WindowAxis(1, 1, 1, 1, 0, 1) : TransposedAxis.Fit(
            input.Dimensions[0], kernelSize.Value.Vertical, strides.Value.Vertical, dilation.Value.Vertical, around.Kind, around.Before.Vertical,
            around.Behind.Vertical, more.Value.Vertical);
        WindowAxis? horizontal = TransposedAxis.Fit(
            input.Dimensions[input.Rank - 2], kernelSize.Value.Horizontal, strides.Value.Horizontal, dilation.Value.Horizontal, around.Kind,
            around.Before.Horizontal, around.Behind.Horizontal, more.Value.Horizontal);
        if (vertical is not { } down || horizontal is not { } across)
        {
            string size = isSignal
                ? kernelSize.Value.Horizontal.ToString(CultureInfo.InvariantCulture)
                : string.Format(CultureInfo.InvariantCulture, "{0}×{1}", kernelSize.Value.Vertical, kernelSize.Value.Horizontal);
            diagnostics.Add(DiagnosticTable.KernelTooLarge, padding.Property!.Value.Span, size, input.ToString());
            return default;
        }

        if (!SampleSize.Check(layer, (long)down.Input * across.Input * filters.Value, diagnostics))
            return default;

        Shape output = isSignal ? Shape.Of(across.Input, filters.Value) : Shape.Of(down.Input, across.Input, filters.Value);
        return activation is { } function && initializer is { } first
            ? CheckedLayer.Of(new ConvTransposeSpec(place.Index, input, output, new Window2D(down, across, filters.Value), bias.Value, function, first))
            : new CheckedLayer(null, output);
    }

    protected override string WriteKeys(ConvTransposeSpec layer)
    {
        Window2D window = layer.Window;
        (Padding padding, Sides more) = TransposedAxis.Of(window, _window.Padding.Words.Meanings, isSignal: _window == WindowKeys.Signal);
        return Filters.Write(layer.Filters) + _window.KernelSize.Write(WindowKeys.KernelOf(window)) + _window.Strides.Write(WindowKeys.StridesOf(window))
            + _window.Padding.Write(padding) + (more == default ? "" : _outputPadding.Write(more))
            + _window.Dilation.Write(new Sides(window.Vertical.Dilation, window.Horizontal.Dilation)) + Bias.Write(layer.HasBias)
            + ActivationKeys.Write(layer.Activation) + InitializerKeys.Weights.Write(layer.Initializer);
    }

    private static ConvTransposeLayer Of(string name, WindowKeys window)
        => new(name, window, new SidesKey("outputPadding", window.KernelSize.SideCount, 0, NetworkLimits.Size, 0));
}
