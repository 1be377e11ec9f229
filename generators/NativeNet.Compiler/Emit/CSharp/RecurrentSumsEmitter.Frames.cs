using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <content>A frame of a block of samples: lanes over samples.</content>
internal sealed partial class RecurrentSumsEmitter
{
    private void EmitFrames()
    {
        writer.Blank();
        using (writer.BeginBlock("public static void Frames(ref float x, ref float h, ref float sums, ref float parameters, in RecurrentShape shape, int panel, int block)"))
        {
            EmitRegions(region =>
            {
                EmitPlaces(region);
                using (writer.BeginBlock($"for (nuint b = 0; b < {block}; b += {kernels.Frames.Width})"))
                {
                    writer.Write("ref float xb = ref Unsafe.Add(ref x, b), hb = ref Unsafe.Add(ref h, b), result = ref Unsafe.Add(ref sums, b);");
                    foreach ((int first, int count, Over over) in RowsOf(region))
                        EmitFrameRows(region, first, count, over);
                }
            });
        }
    }

    /// <summary>Stretches of sums side by side: gates with all their units are one.</summary>
    private IEnumerable<(int First, int Count, Over Over)> RowsOf(RecurrentRegion region)
    {
        int both = _isSplit ? _gates - 1 : _gates, width = region.Width;
        if (region.Units == width)
            yield return (0, both * width, Over.Both);
        for (int gate = 0; gate < both && region.Units < width; gate++)
            yield return (gate * width, region.Units, Over.Both);
        if (!_isSplit)
            yield break;

        yield return (both * width, region.Units, Over.Inputs);
        yield return (both * width, region.Units, Over.State);
    }

    private void EmitFrameRows(RecurrentRegion region, int first, int count, Over over)
    {
        int rows = kernels.Frames.Rows, whole = count / rows * rows;
        if (whole > 0)
        {
            writer.Write($"for (nuint row = {first}; row < {first + whole}; row += {rows})");
            writer.Write($"    {Call(rows, "row")}");
        }

        if (whole < count)
            writer.Write(Call(count - whole, Number(first + whole)));

        string Call(int height, string row)
        {
            string name = FormattableString.Invariant($"Frames{(over == Over.Both ? "" : over.ToString())}{height}x{kernels.Frames.Vectors}Of{region.Width}");
            _methods[name] = () => EmitFrameTile(name, region, height, over);
            string start = over == Over.State ? FormattableString.Invariant($"ref Unsafe.Add(ref hiddenBias, {row} - {first})") : $"ref Unsafe.Add(ref bias, {row})";
            string result = over == Over.State ? FormattableString.Invariant($"({row} + {region.Width}) * {block}") : FormattableString.Invariant($"{row} * {block}");
            string ofInputs = over == Over.State ? "" : $"ref xb, ref Unsafe.Add(ref w, {row}), ", ofState = over == Over.Inputs ? "" : $"ref hb, ref Unsafe.Add(ref u, {row}), ";
            return $"{name}({ofInputs}{ofState}{start}, ref Unsafe.Add(ref result, {result}));";
        }
    }

    private void EmitFrameTile(string name, RecurrentRegion region, int height, Over over)
    {
        Tile tile = kernels.Frames with { Rows = height };
        var code = new TileWriter(writer, tile);
        int row = _gates * region.Width;

        writer.Blank();
        writer.Write($"// Sums: {height} × {tile.Width} samples, two chains each.");
        string ofInputs = over == Over.State ? "" : "ref float x, ref float w, ", ofState = over == Over.Inputs ? "" : "ref float h, ref float u, ";
        using (writer.BeginBlock($"private static void {name}({ofInputs}{ofState}ref float bias, ref float sums)"))
        {
            code.DeclareRows(static r => TileWriter.Element("bias", r));
            if (over != Over.State)
                EmitPairs("x", block, "w", row, _inputs, (step, chain) => EmitStep("x", "w", step, chain));
            if (over != Over.Inputs)
                EmitPairs("h", block, "u", row, _units, (step, chain) => EmitStep("h", "u", step, chain));
            writer.Blank();
            code.Reduce();
            code.Store("sums", block);
        }

        void EmitStep(string values, string weights, int step, int chain)
        {
            code.Load(values, values, step * block);
            code.MultiplyAdd(weights, r => (step * row) + r, values, chain);
        }
    }
}
