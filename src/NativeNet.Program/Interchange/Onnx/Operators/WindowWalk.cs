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

    /// <summary>Positions of padding behind the input that these windows need.</summary>
    private int Behind => Math.Max(0, ((Output - 1) * Stride) + Reach - Input - Before);

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
        int mostDilation = sides == 1 ? NetworkLimits.Size : NetworkLimits.WindowSide;
        if (kernel.Concat(strides).Any(static size => size is < 1 or > NetworkLimits.WindowSide) || dilations.Any(size => size < 1 || size > mostDilation))
            throw call.Unsupported(string.Create(CultureInfo.InvariantCulture, $"has a window with a side or stride beyond {NetworkLimits.WindowSide}, or a dilation beyond {mostDilation}"));
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

    /// <summary>Walks that a layer can take: these, or with as much padding before an image as behind it and windows that are then left out.</summary>
    /// <param name="call">The node.</param>
    /// <param name="walks">The axes; one of them for a signal.</param>
    public static ImmutableArray<WindowWalk> Fit(OperatorCall call, ImmutableArray<WindowWalk> walks)
        => PaddingOf(walks) is not null ? walks : [.. walks.Select(walk => walk.Even() ?? throw call.Unsupported("pads further than its window reaches, which layers do not", "pad less"))];

    /// <summary>How many windows of other walks are left out so that these remain, for each axis of a value: samples, channels, and these.</summary>
    /// <param name="walks">The walks that remain.</param>
    /// <param name="fitted">The walks of the layer.</param>
    public static IReadOnlyList<(int Before, int Behind)> Edges(ImmutableArray<WindowWalk> walks, ImmutableArray<WindowWalk> fitted)
    {
        return [(0, 0), (0, 0), .. walks.Zip(fitted, static (walk, layer) => Edge(walk, layer))];

        static (int, int) Edge(WindowWalk walk, WindowWalk layer)
        {
            int first = (layer.Before - walk.Before) / walk.Stride;
            return (first, layer.Output - first - walk.Output);
        }
    }

    /// <summary>The keys of a window, each behind a comma.</summary>
    /// <param name="call">The node.</param>
    /// <param name="size">What the window's sides are called.</param>
    /// <param name="walks">The axes, as <see cref="Fit"/> gives them.</param>
    /// <param name="hasDilation">Whether the layer has one.</param>
    public static string Keys(OperatorCall call, string size, ImmutableArray<WindowWalk> walks, bool hasDilation)
    {
        string keys = $", \"{size}\": {Sides(walks.Select(static walk => walk.Kernel))}, \"strides\": {Sides(walks.Select(static walk => walk.Stride))}{PaddingOf(walks)}";
        if (hasDilation)
            return keys + (walks.All(static walk => walk.Dilation == 1) ? "" : $", \"dilation\": {Sides(walks.Select(static walk => walk.Dilation))}");
        return walks.All(static walk => walk.Dilation == 1) ? keys : throw call.Unsupported("has dilation, which pooling layers do not have");
    }

    /// <summary>The key for the padding behind a comma, empty for none; null where no layer pads like this.</summary>
    private static string? PaddingOf(ImmutableArray<WindowWalk> walks)
    {
        if (walks.All(static walk => walk.IsExplicit))
            return walks.All(static walk => walk.Before == 0) ? "" : $", \"padding\": {Sides(walks.Select(static walk => walk.Before))}";
        if (walks.All(static walk => walk.IsSame))
            return ", \"padding\": \"same\"";
        if (walks is not [var only])
            return null;
        return only.IsCausal ? ", \"padding\": \"causal\"" : only.Behind < only.Reach ? $", \"padding\": [{Sides([only.Before])}, {Sides([only.Behind])}]" : null;
    }

    /// <summary>Whether every tap of every window lies inside the input.</summary>
    public bool IsInside => Before == 0 && ((Output - 1) * Stride) + Reach <= Input;

    /// <summary>Whether as many positions behind the input as before it give these windows.</summary>
    private bool IsExplicit => Before <= NetworkLimits.WindowSide && Before < Reach && Input + (2 * Before) >= Reach && ((Input + (2 * Before) - Reach) / Stride) + 1 == Output;

    /// <summary>The walk with as much padding behind as before, among whose windows are all of these; null where it begins or ends in padding alone.</summary>
    private WindowWalk? Even()
    {
        for (int before = Before; before < Math.Min(Reach, NetworkLimits.WindowSide + 1); before += Stride)
        {
            int rest = Input + (2 * before) - Reach, windows = (rest / Stride) + 1;
            if (rest >= 0 && windows >= ((before - Before) / Stride) + Output)
                return this with { Before = before, Output = windows };
        }

        return null;
    }

    private bool IsSame => Output == (Input + Stride - 1) / Stride && Before == Math.Max(0, ((Output - 1) * Stride) + Reach - Input) / 2;

    /// <summary>Whether a signal is padded before it alone, so that no window looks ahead.</summary>
    private bool IsCausal => Output == (Input + Stride - 1) / Stride && Before == Reach - 1;

    /// <summary>Numbers of sides as a key has them: one where they are the same.</summary>
    /// <param name="sides">One of a signal, two of an image.</param>
    public static string Sides(IEnumerable<int> sides)
    {
        string[] texts = [.. sides.Select(static side => side.ToString(CultureInfo.InvariantCulture))];
        return texts.Length == 1 || texts[0] == texts[^1] ? texts[0] : $"[{string.Join(", ", texts)}]";
    }
}
