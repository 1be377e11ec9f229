using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes where a window lies, and which of its taps lie inside the image.</summary>
internal static class Window
{
    /// <summary>Writes <c>top</c> or <c>left</c>, the position of a window's first tap, and the taps from <c>ky0</c> to <c>ky1</c>.</summary>
    /// <param name="context">What is written.</param>
    /// <param name="axis">How the window walks.</param>
    /// <param name="window">The window.</param>
    /// <param name="name"><c>y</c> down, <c>x</c> across.</param>
    public static void EmitTaps(CContext context, WindowAxis axis, string window, string name)
    {
        string start = name == "y" ? "top" : "left";
        context.Writer.Write($"const int32_t {start} = {Terms.Minus(Terms.Times(window, axis.Stride), axis.Before)};");
        if (axis.IsInside)
            context.Writer.Write($"const int32_t k{name}0 = 0, k{name}1 = {axis.Kernel};");
        else
            context.Writer.Write($"const int32_t k{name}0 = {context.Library.Use("first_tap")}({start}, {axis.Dilation}, {axis.Kernel}), k{name}1 = {context.Library.Use("end_tap")}({start}, {axis.Dilation}, {axis.Kernel}, {axis.Input});");
    }

    /// <summary>Writes the windows that have a tap inside the image: from <c>oy0</c> to <c>oy1</c>, from <c>top</c> on.</summary>
    /// <param name="context">What is written.</param>
    /// <param name="axis">How the window walks.</param>
    /// <param name="name"><c>y</c> down, <c>x</c> across; the tap is <c>ky</c> or <c>kx</c>.</param>
    public static void EmitWindows(CContext context, WindowAxis axis, string name)
    {
        string start = name == "y" ? "top" : "left", tap = "k" + name;
        context.Writer.Write($"const int32_t {start} = {Terms.Minus(Terms.Times(tap, axis.Dilation), axis.Before)};");
        if (axis.IsInside)
            context.Writer.Write($"const int32_t o{name}0 = 0, o{name}1 = {axis.Output};");
        else
            context.Writer.Write($"const int32_t o{name}0 = {context.Library.Use("first_tap")}({start}, {axis.Stride}, {axis.Output}), o{name}1 = {context.Library.Use("end_tap")}({start}, {axis.Stride}, {axis.Output}, {axis.Input});");
    }
}
