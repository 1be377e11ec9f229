using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <content>One frame of one sample: lanes over units.</content>
internal sealed partial class RecurrentSumsEmitter
{
    /// <summary>The sums of all panels, then their gates, which wait for nothing but their own.</summary>
    private void EmitOneFrame()
    {
        using (writer.BeginBlock("public static void OneFrame(ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape)"))
        {
            foreach (RecurrentRegion region in kernels.Regions)
                EmitPanels(region, panel => EmitOneFrameSums(region, panel));
            foreach (RecurrentRegion region in kernels.Regions)
            {
                EmitPanels(region, panel => writer.Write(
                    $"{RecurrentEmitter.CellName(plan)}.Forward<Lanes{32 * region.Gradient.Lanes}>(ref {InPanel("sums", 0, panel, _sums * FullWidth)}, ref {InPanel("before", 0, panel, FullWidth)}, ref {InPanel("behind", 0, panel, FullWidth)}, {plan.Plane}, {region.Width});"));
            }
        }
    }

    /// <summary>The panels of a region, one by one where they are few.</summary>
    private void EmitPanels(RecurrentRegion region, Action<string> emit)
    {
        const int MostUnrolled = 2;
        if (region.Count <= MostUnrolled)
        {
            for (int panel = region.First; panel < region.First + region.Count; panel++)
                emit(Number(panel));
            return;
        }

        using (writer.BeginBlock($"for (nuint panel = 0; panel < {region.Count}; panel++)"))
            emit("panel");
    }

    private void EmitOneFrameSums(RecurrentRegion region, string panel)
    {
        Tile tile = region.OneFrame;
        for (int first = 0; first < _gates * region.Width; first += tile.Width)
        {
            bool hasSplit = _isSplit && first + tile.Width == _gates * region.Width;
            string name = FormattableString.Invariant($"OneFrame{(hasSplit ? "Split" : "")}{tile.Vectors}Of{region.Width}");
            string hiddenBias = hasSplit ? $"ref {Parameter("bias_n", 0, FullWidth)}, " : "";
            writer.Write($"{name}(ref x, ref before, ref {Parameter("weight_ih", first, _gates * FullWidth * _inputs)}, ref {Parameter("weight_hh", first, _gates * FullWidth * _units)}, ref {Parameter("bias", first, _gates * FullWidth)}, {hiddenBias}ref {InPanel("sums", first, panel, _sums * FullWidth)});");
            _methods[name] = () => EmitOneFrameTile(name, region, hasSplit);
        }

        string Parameter(string tensor, int offset, int stride) => InPanel("parameters", plan.Tensor(tensor).Offset + offset, panel, stride);
    }

    /// <summary>A place in a panel, at a constant distance where the panel is known.</summary>
    private static string InPanel(string reference, int first, string panel, int stride)
        => int.TryParse(panel, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? TileWriter.Element(reference, first + (number * stride))
            : $"Unsafe.Add(ref {reference}, {DenseNames.Plus(first, FormattableString.Invariant($"panel * {stride}"))})";

    private void EmitOneFrameTile(string name, RecurrentRegion region, bool hasSplit)
    {
        Tile tile = region.OneFrame;
        var code = new TileWriter(writer, tile);
        int row = _gates * region.Width, own = hasSplit ? region.Width / tile.Lanes : 0;
        int[] split = [.. Enumerable.Range(tile.Vectors - own, own)];

        writer.Blank();
        writer.Write($"// Gates: {tile.Width / region.Width} × {region.Width} units, two chains each.");
        using (writer.BeginBlock($"private static void {name}(ref float x, ref float h, ref float w, ref float u, ref float bias, {(hasSplit ? "ref float hiddenBias, " : "")}ref float sums)"))
        {
            code.Load("b", "bias");
            code.Declare(static vector => FormattableString.Invariant($"b{vector}"));
            EmitPairs("x", 1, "w", row, _inputs, (step, chain) => code.MultiplyAddRows("w", row, "x", step, chain));
            if (hasSplit)
            {
                writer.Blank();
                foreach (int vector in split)
                {
                    writer.Write($"({code.Sum(0, vector)} + {code.Sum(0, vector, 1)}).StoreUnsafe(ref sums, {vector * tile.Lanes});");
                    writer.Write($"{code.Sum(0, vector)} = {code.At("hiddenBias", (vector - split[0]) * tile.Lanes)};");
                    writer.Write($"{code.Sum(0, vector, 1)} = {tile.Vector}<float>.Zero;");
                }
            }

            EmitPairs("h", 1, "u", row, _units, (step, chain) => code.MultiplyAddRows("u", row, "h", step, chain));
            writer.Blank();
            code.Reduce();
            for (int vector = 0; vector < tile.Vectors; vector++)
                writer.Write($"{code.Sum(0, vector)}.StoreUnsafe(ref sums, {((vector * tile.Lanes) + (split.Contains(vector) ? region.Width : 0))});");
        }
    }
}
