using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The keys of every layer that walks a window over its input, and how they become a <see cref="Window2D"/>.</summary>
/// <param name="sides">2 for images, 1 for signals, which count as images of one row.</param>
internal sealed class WindowKeys(int sides)
{
    public static readonly WindowKeys Image = new(2);
    public static readonly WindowKeys Signal = new(1);

    public SidesKey KernelSize { get; } = new("kernelSize", sides, 1, NetworkLimits.WindowSide);

    public SidesKey Strides { get; } = new("strides", sides, 1, NetworkLimits.WindowSide, 1);

    public SidesKey Dilation { get; } = new("dilation", sides, 1, sides == 2 ? NetworkLimits.WindowSide : NetworkLimits.Size, 1);

    public PaddingKey Padding { get; } = new("padding", sides);

    /// <summary>The sides of a window.</summary>
    /// <param name="window">The walk.</param>
    public static Sides KernelOf(Window2D window) => new(window.Vertical.Kernel, window.Horizontal.Kernel);

    /// <summary>Positions from window to window.</summary>
    /// <param name="window">The walk.</param>
    public static Sides StridesOf(Window2D window) => new(window.Vertical.Stride, window.Horizontal.Stride);

    /// <summary>A padding that gives the same windows again: one number a dimension where that is possible, else a word, else two numbers.</summary>
    /// <param name="window">The walk.</param>
    public Padding PaddingOf(Window2D window)
    {
        (WindowAxis down, WindowAxis across) = (window.Vertical, window.Horizontal);
        var before = new Sides(down.Before, across.Before);
        if (IsEven(down) && IsEven(across))
            return new Padding(PaddingKind.Explicit, before, before);

        PaddingKind? word = Padding.Words.Meanings.Where(static kind => kind != PaddingKind.Explicit)
            .Cast<PaddingKind?>().FirstOrDefault(kind => Refit(across, new Padding(kind!.Value)) == across);
        return sides == 2 || word is not null
            ? new Padding(word ?? PaddingKind.Same)
            : new Padding(PaddingKind.Explicit, before, new Sides(0, Math.Max(0, ((across.Output - 1) * across.Stride) + across.Reach - across.Input - across.Before)));

        static WindowAxis? Refit(WindowAxis axis, Padding padding) => Fit(axis.Input, axis.Kernel, axis.Stride, axis.Dilation, padding.Kind, 0, 0);
    }

    /// <summary>All four keys, each behind a comma.</summary>
    /// <param name="window">The walk.</param>
    public string Write(Window2D window)
        => KernelSize.Write(KernelOf(window)) + Strides.Write(StridesOf(window)) + Padding.Write(PaddingOf(window))
            + Dilation.Write(new Sides(window.Vertical.Dilation, window.Horizontal.Dilation));

    /// <summary>What such a layer needs, for messages.</summary>
    private string Needed => sides == 2 ? "an image of height, width and channels" : "a signal of length and channels";

    /// <summary>The window of a layer, or null where a mistake was reported or hides it.</summary>
    /// <param name="layer">An object with these keys, or some of them.</param>
    /// <param name="kernelSize">The sides of the window.</param>
    /// <param name="strides">Positions from window to window.</param>
    /// <param name="dilation">Positions from tap to tap.</param>
    /// <param name="input">What enters, or null where an earlier mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public Window2D? Fit(
        JsonObject layer, Setting<Sides> kernelSize, Setting<Sides> strides, Setting<Sides> dilation, Shape? input,
        DiagnosticBag diagnostics)
    {
        Setting<Padding> padding = Padding.Read(layer, diagnostics);
        if (Require(layer, input, diagnostics) is not { } image || layer.Find(LayerForm.Type.Name) is not { } type
            || !kernelSize.IsValid || !strides.IsValid || !dilation.IsValid || !padding.IsValid)
        {
            return null;
        }

        WindowAxis? vertical = sides == 1 ? new WindowAxis(1, 1, 1, 1, 0, 1) : Fit(
            image.Dimensions[0], kernelSize.Value.Vertical, strides.Value.Vertical, dilation.Value.Vertical,
            padding.Value.Kind, padding.Value.Before.Vertical, padding.Value.Behind.Vertical);
        WindowAxis? horizontal = Fit(
            image.Dimensions[sides - 1], kernelSize.Value.Horizontal, strides.Value.Horizontal, dilation.Value.Horizontal,
            padding.Value.Kind, padding.Value.Before.Horizontal, padding.Value.Behind.Horizontal);
        if (vertical is { } down && horizontal is { } across)
            return new Window2D(down, across, image.Dimensions[sides]);

        string size = sides == 1
            ? kernelSize.Value.Horizontal.ToString(CultureInfo.InvariantCulture)
            : string.Format(CultureInfo.InvariantCulture, "{0}×{1}", kernelSize.Value.Vertical, kernelSize.Value.Horizontal);
        diagnostics.Add(DiagnosticTable.KernelTooLarge, (kernelSize.Property ?? type).Value.Span, size, image.ToString());
        return null;
    }

    /// <summary>The shape of what a window leaves.</summary>
    /// <param name="layer">The layer, whose type is underlined.</param>
    /// <param name="window">The walk.</param>
    /// <param name="channels">The channels of the output.</param>
    /// <param name="diagnostics">Told where one sample alone is too large.</param>
    public Shape? OutputShape(JsonObject layer, Window2D window, int channels, DiagnosticBag diagnostics)
    {
        long elements = (long)window.Vertical.Output * window.Horizontal.Output * channels;
        if (!SampleSize.Check(layer, elements, diagnostics))
            return null;

        return sides == 2 ? Shape.Of(window.Vertical.Output, window.Horizontal.Output, channels) : Shape.Of(window.Horizontal.Output, channels);
    }

    /// <summary>What enters, where it has the right number of dimensions; else null, which is reported.</summary>
    /// <param name="layer">The layer, whose type is underlined.</param>
    /// <param name="input">What enters, or null where an earlier mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    public Shape? Require(JsonObject layer, Shape? input, DiagnosticBag diagnostics)
    {
        if (input is not { } other || other.Rank == sides + 1 || layer.Find(LayerForm.Type.Name) is not { Value: JsonString type })
            return input;

        diagnostics.Add(DiagnosticTable.ImageNeeded, type.Span, type.Value, Needed, other.ToString());
        return null;
    }

    /// <summary>What enters, where it is an image or a signal; else null, which is reported.</summary>
    /// <param name="layer">The layer, whose type is underlined.</param>
    /// <param name="input">What enters, or null where an earlier mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    public static Shape? RequirePositions(JsonObject layer, Shape? input, DiagnosticBag diagnostics)
    {
        if (input is not { Rank: 1 } vector || layer.Find(LayerForm.Type.Name) is not { Value: JsonString type })
            return input;

        diagnostics.Add(DiagnosticTable.ImageNeeded, type.Span, type.Value, "an image of height, width and channels or a signal of length and channels", vector.ToString());
        return null;
    }

    /// <summary>Whether one number says it: one in range that, behind the input as before it, gives as many windows.</summary>
    private bool IsEven(WindowAxis axis)
    {
        int rest = axis.Input + (2 * axis.Before) - axis.Reach;
        return axis.Before <= Padding.Explicit.Maximum && axis.Before < axis.Reach && rest >= 0 && (rest / axis.Stride) + 1 == axis.Output;
    }

    /// <summary>
    /// The walk along one dimension, or null where the window fits nowhere. "same" and "causal" pad what makes
    /// ⌈input / stride⌉ windows: the one on both sides, the odd position behind the input, the other before the input alone.
    /// </summary>
    private static WindowAxis? Fit(int input, int kernel, int stride, int dilation, PaddingKind kind, int before, int behind)
    {
        int reach = (dilation * (kernel - 1)) + 1;
        if (kind != PaddingKind.Explicit)
        {
            int windows = (input + stride - 1) / stride;
            int around = Math.Max(0, ((windows - 1) * stride) + reach - input);
            return new WindowAxis(input, kernel, stride, dilation, kind == PaddingKind.Causal ? reach - 1 : around / 2, windows);
        }

        int length = input + before + behind;
        return reach > length || before >= reach || behind >= reach
            ? null
            : new WindowAxis(input, kernel, stride, dilation, before, ((length - reach) / stride) + 1);
    }
}
