using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "upsample2d", "size": 2 }</c>: every position several times, the nearest one to each of the output.</summary>
internal sealed class UpsampleLayer : UnaryForm<ResampleSpec>
{
    private readonly WindowKeys _keys;
    private readonly SidesKey _size;

    private UpsampleLayer(string name, WindowKeys keys, SidesKey size)
        : base(name, size)
        => (_keys, _size) = (keys, size);

    /// <summary>A type of upsampling.</summary>
    /// <param name="name">What an object of this type is called in messages.</param>
    /// <param name="keys">What enters.</param>
    public static UpsampleLayer Of(string name, WindowKeys keys)
        => new(name, keys, new SidesKey("size", keys.KernelSize.SideCount, 1, NetworkLimits.WindowSide, 2));

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<Sides> size = _size.Read(layer, diagnostics);
        if (_keys.Require(layer, place.Input, diagnostics) is not { } input || !size.IsValid)
            return default;

        int height = input.Rank == 2 ? 1 : input.Dimensions[0], width = input.Dimensions[input.Rank - 2];
        int rows = input.Rank == 2 ? 1 : size.Value.Vertical, columns = size.Value.Horizontal;
        if (!SampleSize.Check(layer, (long)height * rows * width * columns * input.Channels, diagnostics))
            return default;

        var down = new ResampleAxis(height, height * rows, 0, rows);
        var across = new ResampleAxis(width, width * columns, 0, columns);
        Shape output = input.Rank == 2 ? Shape.Of(across.Output, input.Channels) : Shape.Of(down.Output, across.Output, input.Channels);
        return CheckedLayer.Of(new ResampleSpec(place.Index, input, output, down, across, IsCropping: false));
    }

    protected override string WriteKeys(ResampleSpec layer)
        => _size.Write(new Sides(layer.Vertical.Repeats, layer.Horizontal.Repeats));
}
