using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>What the emitters of a convolution share: the walk over the taps of a window, and index expressions.</summary>
/// <param name="writer">The output.</param>
/// <param name="plan">The layer.</param>
/// <param name="unit">Floats from one element of a sample to the next: the samples of a block, or 1.</param>
internal sealed class ConvCode(SourceWriter writer, ConvPlan plan, int unit)
{
    private Window2D Window => plan.Conv.Window;

    /// <summary>Floats from one row of the weights to the next.</summary>
    public int WeightStride => plan.Weights.Matrix.PaddedColumns;

    /// <summary>Floats of one position of the input.</summary>
    public int InputPosition => Window.Channels * unit;

    /// <summary>Floats of one position of the output.</summary>
    public int OutputPosition => plan.Conv.Filters * unit;

    /// <summary>The parameters of a method whose window may be cut off, and what a call passes.</summary>
    public string TapParameters => plan.IsInside ? "" : ", nuint rows, nuint columns";

    /// <inheritdoc cref="TapParameters"/>
    public string TapArguments => plan.IsInside ? "" : ", (nuint)taps.Rows, (nuint)taps.Columns";

    /// <summary>Finds where a window begins: <c>xo</c> in the image, <c>w</c> among the weights.</summary>
    /// <param name="ox">The window's column as an expression; its row is <c>oy</c>.</param>
    public void EmitWindow(string ox)
    {
        if (plan.IsInside)
        {
            int rowStep = Window.Vertical.Stride * Window.Horizontal.Input * InputPosition, columnStep = Window.Horizontal.Stride * InputPosition;
            writer.Write($"ref float xo = {At("x", Sum(Times("oy", rowStep), Times(ox, columnStep)))};");
            writer.Write($"ref float w = {Weight("")};");
            return;
        }

        EmitTapsOf(ox);
        writer.Write($"ref float xo = ref Unsafe.Add(ref x, taps.First * {InputPosition});");
    }

    /// <summary>Finds where a window of a row begins in the image, <c>xo</c>, from the <c>taps</c> of another: neither reaches over an end.</summary>
    /// <param name="ox">The window's column as an expression.</param>
    /// <param name="first">The column of the other one, which lies before it.</param>
    public void EmitInnerWindow(string ox, int first)
        => writer.Write($"ref float xo = ref Unsafe.Add(ref x, (taps.First + {Sum(Times($"({ox} - {first})", Window.Horizontal.Stride))}) * {InputPosition});");

    /// <summary>Finds the taps of a window, <c>taps</c>, and where their weights begin, <c>w</c>.</summary>
    /// <param name="ox">The window's column as an expression; its row is <c>oy</c>.</param>
    public void EmitTapsOf(string ox)
    {
        writer.Write($"WindowTaps taps = new({plan.WindowName}, oy, {ox});");
        writer.Write($"ref float w = {Weight("taps.FirstTap")};");
    }

    /// <summary>The reference to the first weight of a tap.</summary>
    /// <param name="tap">The tap, or nothing for the first.</param>
    public string Weight(string tap)
        => At("parameters", Sum(Text(plan.Weights.Offset), tap.Length == 0 ? "" : Times(tap, plan.TapProducts * WeightStride)));

    /// <summary>Steps through the products of a window with references <c>xk</c> and <c>wk</c>.</summary>
    /// <param name="step">Writes one product's work.</param>
    public void EmitTaps(Action step)
    {
        int rowStep = Window.Vertical.Dilation * Window.Horizontal.Input * InputPosition;
        using (Begin("row", Window.Vertical.Kernel, plan.IsInside ? null : "rows"))
        {
            writer.Write("ref float xk = ref x, wk = ref w;");
            EmitRow(step);
            writer.Blank();
            EmitAdvance("x", rowStep);
            EmitAdvance("w", Window.Horizontal.Kernel * plan.TapProducts * WeightStride);
        }
    }

    /// <summary>Advances a reference by a constant.</summary>
    public void EmitAdvance(string reference, int floats)
    {
        if (floats != 0)
            writer.Write($"{reference} = ref Unsafe.Add(ref {reference}, {floats});");
    }

    /// <summary>The loop over groups; nothing where there is one.</summary>
    public IDisposable? BeginGroups()
        => plan.Groups == 1 ? null : writer.BeginBlock($"for (nuint g = 0; g < {plan.Groups}; g++)");

    /// <summary>Walks over elements in tiles of so many, the last one shorter.</summary>
    /// <param name="name">The element's name in a loop.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Elements of a tile.</param>
    /// <param name="call">Writes the call for the elements from an expression on.</param>
    public void EmitTiles(string name, int count, int rows, Action<string, int> call)
    {
        int whole = count / rows * rows;
        if (whole == rows)
        {
            call("0", rows);
        }
        else
        {
            writer.Write($"for (nuint {name} = 0; {name} < {whole}; {name} += {rows})");
            using (writer.Indent())
                call(name, rows);
        }

        if (whole < count)
            call(FormattableString.Invariant($"{whole}"), count - whole);
    }

    /// <summary>A call for every stretch of neighbours that a tile takes.</summary>
    /// <param name="name">The first of a stretch, as the call names it where there are several.</param>
    /// <param name="count">How many neighbours.</param>
    /// <param name="width">Those of a tile.</param>
    /// <param name="call">The call.</param>
    public void EmitStretches(string name, int count, int width, string call)
    {
        if (width == count)
        {
            writer.Write(call);
            return;
        }

        writer.Write($"for (nuint {name} = 0; {name} < {count}; {name} += {width})");
        using (writer.Indent())
            writer.Write(call);
    }

    /// <summary>
    /// Writes the method that sums weight gradients over a batch: sixteen samples after the other; of those a few rows of windows
    /// after the other, which stay in the first-level cache until every tile has seen them.
    /// </summary>
    /// <param name="tile">Rows are products, vectors are filters, lanes are chains.</param>
    /// <param name="how">In what order, for its comment.</param>
    /// <param name="strip">The rows of windows at a time.</param>
    /// <param name="emitStrip">Writes what is done with those from <c>row</c> on.</param>
    /// <param name="places">Declare what that needs besides.</param>
    public void EmitSums(Tile tile, string how, int strip, Action emitStrip, params string[] places)
    {
        int group = Math.Min(unit, 16), kept = plan.ChainsLength(tile);
        writer.Blank();
        writer.Write($"// The chains of some tiles of products for up to {plan.UpdateColumns} filters from n on, over the whole batch{how}.");
        using (writer.BeginBlock($"private static void {plan.Name}Sums(ref float x, ref float dy, ref float chains, nuint first, nuint end, nuint n, nuint filters, int sums, in SampleShare samples)"))
        {
            foreach (string place in places)
                writer.Write(place);
            writer.Write("samples.Begin(ref chains, sums);");
            using (writer.BeginBlock($"for (nuint b = samples.First; b < samples.Stop; b += {group})"))
            {
                writer.Write($"nuint sample = b % {unit}, rest = samples.Stop - b;");
                writer.Write($"ref float xb = ref Unsafe.Add(ref x, ((b - sample) * {plan.Conv.Input.Length}) + sample);");
                writer.Write($"ref float dyb = ref Unsafe.Add(ref dy, ((b - sample) * {plan.Conv.Output.Length}) + sample);");
                writer.Write($"if (rest < {group})");
                writer.Write($"    SampleChains.Keep(ref chains, sums, {kept});");
                writer.Blank();
                using (writer.BeginBlock($"for (int row = 0; row < {plan.UpdateWindow.Vertical.Output}; row += {strip})"))
                    emitStrip();

                writer.Blank();
                writer.Write($"if (rest < {group})");
                writer.Write($"    SampleChains.Restore(ref chains, sums, {kept}, rest);");
            }
        }
    }

    /// <summary>The floats before a group: nothing where there is one.</summary>
    public string Group(int floats) => plan.Groups == 1 ? "" : Times("g", floats);

    /// <summary>A sum of index expressions, those that are nothing or 0 left out.</summary>
    public static string Sum(params string[] terms)
    {
        string[] all = [.. terms.Where(static term => term is not ("" or "0"))];
        return all.Length < 2 ? string.Concat(all) : string.Join(" + ", all.Select(static term => term.Contains('*') ? $"({term})" : term));
    }

    /// <summary>A number as an index.</summary>
    public static string Text(int number) => FormattableString.Invariant($"{number}");

    /// <summary>A product of an index and a constant.</summary>
    public static string Times(string index, int floats)
        => index == "0" ? "" : floats == 1 ? index : int.TryParse(index, out int number) ? FormattableString.Invariant($"{number * floats}") : FormattableString.Invariant($"{index} * {floats}");

    /// <summary>The reference a distance behind another.</summary>
    public static string At(string reference, string index) => index is "" or "0" ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {index})";

    /// <summary>The float at a constant distance from a reference.</summary>
    public static string Element(string reference, int offset) => TileWriter.Element(reference, offset);

    /// <summary>A loop of a constant number of turns, or of as many as a parameter says.</summary>
    public SourceWriter.Block Begin(string name, int count, string? parameter, int step = 1) => parameter is null
        ? writer.BeginBlock($"for (int {name} = 0; {name} < {count}; {(step == 1 ? $"{name}++" : FormattableString.Invariant($"{name} += {step}"))})")
        : writer.BeginBlock($"for (nuint {name} = {parameter}; {name} > 0; {name}--)");

    private void EmitRow(Action step)
    {
        int columns = Window.Horizontal.Kernel, products = plan.TapProducts;
        string? cut = plan.IsInside ? null : "columns";
        if (plan.HasWholeRows)
        {
            using (Begin("k", columns * products, cut is null || products == 1 ? cut : FormattableString.Invariant($"columns * {products}")))
                EmitStep(step, unit);
            return;
        }

        int columnStep = Window.Horizontal.Dilation * InputPosition;
        using (Begin("column", columns, cut))
        {
            if (products == 1)
            {
                EmitStep(step, columnStep);
                return;
            }

            using (Begin("c", products, null))
                EmitStep(step, unit);
            EmitAdvance("xk", columnStep - (products * unit));
        }
    }

    private void EmitStep(Action step, int advance)
    {
        step();
        writer.Blank();
        EmitAdvance("xk", advance);
        EmitAdvance("wk", WeightStride);
    }
}
