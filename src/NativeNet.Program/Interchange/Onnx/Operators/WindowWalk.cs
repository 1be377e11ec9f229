using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx.Operators;

/// <summary>How the window of an operator walks along one axis.</summary>
/// <param name="Input">The positions of the input.</param>
/// <param name="Kernel">The taps of the window.</param>
/// <param name="Stride">Positions from window to window.</param>
/// <param name="Dilation">Positions from tap to tap.</param>
/// <param name="Before">Positions of padding before the input.</param>
/// <param name="Output">The windows.</param>
internal readonly record struct WindowWalk(int Input, int Kernel, int Stride, int Dilation, int Before, int Output)
{
    private int Reach => (Dilation * (Kernel - 1)) + 1;

    /// <summary>Reads the settings of an operator.</summary>
    /// <param name="call">The node.</param>
    /// <param name="kernel">The taps of each axis.</param>
    /// <param name="sample">What it reads: samples, channels, then the axes along which the window walks.</param>
    public static ImmutableArray<WindowWalk> Of(OperatorCall call, ImmutableArray<int> kernel, SampleValue sample)
    {
        int sides = kernel.Length;
        ImmutableArray<int> strides = call.Integers("strides") ?? [.. Enumerable.Repeat(1, sides)], dilations = call.Integers("dilations") ?? [.. Enumerable.Repeat(1, sides)];
        string automatic = call.Word("auto_pad", "NOTSET");
        ImmutableArray<int> pads = (call.Integers("pads"), automatic) is ({ } given, "NOTSET" or "") ? given : [.. Enumerable.Repeat(0, 2 * sides)];
        bool isCeiling = call.Integer("ceil_mode", 0) != 0;
        if (strides.Length != sides || dilations.Length != sides || pads.Length != 2 * sides || pads.Any(static pad => pad < 0))
            throw call.Unsupported("has another number of strides, dilations or pads than its window has sides, or cuts its input");
        if (kernel.Concat(strides).Concat(dilations).Any(static size => size is < 1 or > NetworkLimits.WindowSide))
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"has a window with a side, stride or dilation beyond {NetworkLimits.WindowSide}"));
        if (sample.Pads.Take(2).Any(static pad => pad != (0, 0)))
            throw call.Unsupported("reads a Pad of samples or channels");

        var walks = ImmutableArray.CreateBuilder<WindowWalk>();
        for (int side = 0; side < sides; side++)
        {
            int input = sample.Map[side + 2], reach = (dilations[side] * (kernel[side] - 1)) + 1;
            (long before, long after) = (pads[side], pads[sides + side]);
            if (automatic is "SAME_UPPER" or "SAME_LOWER")
            {
                int around = Math.Max(0, ((((input + strides[side] - 1) / strides[side]) - 1) * strides[side]) + reach - input);
                before = (around + (automatic == "SAME_LOWER" ? 1 : 0)) / 2;
                after = around - before;
            }

            if (!sample.Pads.IsEmpty)
                (before, after) = (before + sample.Pads[side + 2].Before, after + sample.Pads[side + 2].After);

            long rest = input + before + after - reach;
            if (rest < 0 || before >= reach)
                throw call.Unsupported("has a window that fits nowhere, or that begins in padding alone");

            long windows = ((rest + (isCeiling ? strides[side] - 1 : 0)) / strides[side]) + 1;
            if (isCeiling && (windows - 1) * strides[side] >= input + before)
                windows--;
            walks.Add(new WindowWalk(input, kernel[side], strides[side], dilations[side], (int)before, (int)Math.Min(windows, int.MaxValue)));
        }

        return walks.ToImmutable();
    }

    /// <summary>The keys of a window, each behind a comma.</summary>
    /// <param name="call">The node.</param>
    /// <param name="size">What the window's sides are called.</param>
    /// <param name="walks">The axes; one of them for a signal.</param>
    /// <param name="hasDilation">Whether the layer has one.</param>
    public static string Keys(OperatorCall call, string size, ImmutableArray<WindowWalk> walks, bool hasDilation)
    {
        string keys = $", \"{size}\": {Sides(walks.Select(static walk => walk.Kernel))}, \"strides\": {Sides(walks.Select(static walk => walk.Stride))}";
        if (walks.All(static walk => walk.IsExplicit))
            keys += walks.All(static walk => walk.Before == 0) ? "" : $", \"padding\": {Sides(walks.Select(static walk => walk.Before))}";
        else if (walks.All(static walk => walk.IsSame))
            keys += ", \"padding\": \"same\"";
        else
            throw call.Unsupported("pads more on one side than layers do: as much on both, or for ⌈length / stride⌉ windows the odd position behind", "pad symmetrically, or as \"same\" does");

        if (hasDilation)
            return keys + (walks.All(static walk => walk.Dilation == 1) ? "" : $", \"dilation\": {Sides(walks.Select(static walk => walk.Dilation))}");
        return walks.All(static walk => walk.Dilation == 1) ? keys : throw call.Unsupported("has dilation, which pooling layers do not have");
    }

    /// <summary>Whether every tap of every window lies inside the input.</summary>
    public bool IsInside => Before == 0 && ((Output - 1) * Stride) + Reach <= Input;

    /// <summary>Whether as many positions behind the input as before it give these windows.</summary>
    private bool IsExplicit => Before <= NetworkLimits.WindowSide && Before < Reach && Input + (2 * Before) >= Reach && ((Input + (2 * Before) - Reach) / Stride) + 1 == Output;

    private bool IsSame => Output == (Input + Stride - 1) / Stride && Before == Math.Max(0, ((Output - 1) * Stride) + Reach - Input) / 2;

    private static string Sides(IEnumerable<int> sides)
    {
        string[] texts = [.. sides.Select(static side => side.ToString(CultureInfo.InvariantCulture))];
        return texts.Length == 1 || texts[0] == texts[^1] ? texts[0] : $"[{string.Join(", ", texts)}]";
    }
}
