using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>Writes what a weight gradient packs before it sums a strip of rows of windows.</summary>
/// <param name="writer">Gets the text.</param>
/// <param name="plan">The layer.</param>
/// <param name="packed">What is packed.</param>
/// <param name="tile">Rows are products, vectors are filters, lanes are chains.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ConvPackEmitter(SourceWriter writer, ConvPlan plan, PackedImages packed, Tile tile, int block)
{
    private readonly ConvCode _code = new(writer, plan, block);

    /// <summary>The samples that are packed: floats from position to position.</summary>
    public int Samples => Math.Min(block, 16);

    /// <summary>Floats from one packed channel of the image to the next.</summary>
    public int InputChannel => packed.InputPositions * Samples;

    /// <summary>Floats from the packed gradients of one filter to those of the next.</summary>
    public int OutputChannel => packed.OutputPositions * Samples;

    /// <summary>Declares <c>image</c> and <c>gradients</c>, behind the chains and those that are kept.</summary>
    public string Places => $"ref float image = ref Unsafe.Add(ref chains, {2 * plan.ChainsLength(tile)}), gradients = ref Unsafe.Add(ref image, {packed.Channels * InputChannel});";

    /// <summary>The rows of windows of a strip.</summary>
    public int Rows => packed.Rows;

    private WindowAxis Down => packed.Window.Vertical;

    /// <summary>Packs channels of the rows of the image that the windows from <c>row</c> on see; <c>top</c> is the first of these rows.</summary>
    /// <param name="first">The first channel, as an expression.</param>
    /// <param name="channels">How many.</param>
    public void EmitImage(string first, string channels)
    {
        int width = packed.Window.Horizontal.Input;
        EmitPack("xb", "top", width * _code.InputPosition, first, _code.InputPosition, $"(nuint)(bottom - top){By(width)}", channels, "image", InputChannel);
    }

    /// <summary>Packs the gradients of filters.</summary>
    /// <param name="first">The first filter, as an expression.</param>
    /// <param name="filters">How many.</param>
    public void EmitGradients(string first, string filters)
    {
        int windows = packed.Window.Horizontal.Output;
        EmitPack("dyb", "row", windows * _code.OutputPosition, first, _code.OutputPosition, $"(nuint)rows{By(windows)}", filters, "gradients", OutputChannel);
    }

    /// <summary>Sums packed gradients for the biases, behind the last tile of products that there is.</summary>
    /// <param name="first">The first filter among those whose chains there are, as an expression.</param>
    /// <param name="filters">How many.</param>
    public void EmitBias(string first, string filters)
    {
        if (!plan.PacksBias)
            return;

        int windows = packed.Window.Horizontal.Output;
        string chains = ConvCode.Sum($"(end - first) * {tile.Rows * plan.UpdateColumns * 16}", ConvCode.Times(first, 16));
        writer.Write($"if (end == {plan.TilesOfProducts(tile)})");
        writer.Write($"    SampleChains.AddPacked<{tile.LaneType}>(ref gradients, {OutputChannel}, {Samples}, (nuint)rows{By(windows)}, {filters}, ref Unsafe.Add(ref chains, {chains}));");
    }

    /// <summary>Declares the rows of a strip: <c>rows</c> of windows, those of the image from <c>top</c> to <c>bottom</c>.</summary>
    public void EmitRows()
        => writer.Write($"int rows = Math.Min({packed.Rows}, {Down.Output} - row), top = {Top()}, bottom = {Bottom()};");

    private static string By(int count) => count == 1 ? "" : FormattableString.Invariant($" * {count}");

    private string Top()
    {
        string first = ConvCode.Times("row", Down.Stride);
        return Down.Before == 0 ? first : FormattableString.Invariant($"Math.Max(0, {(Down.Stride == 1 ? first : $"({first})")} - {Down.Before})");
    }

    /// <summary>Behind the last row that the last window of a strip sees.</summary>
    private string Bottom()
    {
        int behind = Down.Reach - Down.Before;
        string last = Down.Stride == 1 ? ConvCode.Sum("row + rows", ConvCode.Text(behind - 1)) : FormattableString.Invariant($"((row + rows - 1) * {Down.Stride}) + {behind}");
        return Down.IsInside ? last : $"Math.Max(top, Math.Min({ConvCode.Text(Down.Input)}, {last}))";
    }

    private void EmitPack(string from, string row, int rowStep, string first, int position, string positions, string channels, string to, int channel)
        => writer.Write($"SampleChains.Pack<{tile.LaneType}>(ref Unsafe.Add(ref {from}, {ConvCode.Sum(ConvCode.Times($"(nuint){row}", rowStep), ConvCode.Times(first, block))}), {position}, {block}, {Samples}, {positions}, {channels}, ref {to}, {channel});");
}
