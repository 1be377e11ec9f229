using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Writes weight gradients with vectors over units: a finished tile lies as its panel does.</summary>
internal sealed class DenseGradientOverUnitsEmitter(SourceWriter writer, DensePlan plan, GradientTile part)
    : DenseGradientEmitter(writer, plan, part)
{
    public override void EmitCalls(bool isLast)
        => Writer.Write($"{Name(isLast)}({Inputs(isLast)}, ref dy, ref parameters, ref state, {Weights(isLast)}, {(isLast && HasBias ? Bias + ", " : "")}in rule, ref tile, count);");

    public override void EmitMethods()
    {
        if (Part.LastInputs < Plan.Dense.Inputs)
            EmitTile(isLast: false);
        if (Part.LastInputs > 0 || HasBias)
            EmitTile(isLast: true);
    }

    private string Name(bool isLast)
        => DenseNames.Tile(Plan, isLast ? HasBias ? "UpdateWithBias" : "UpdateRest" : "Update", Part.Region, isLast ? Part.LastInputs : Part.Tile.Rows, Part.Tile.Vectors);

    private void EmitTile(bool isLast)
    {
        bool hasBias = isLast && HasBias;
        Tile tile = Part.Tile with { Rows = isLast ? Part.LastInputs : Part.Tile.Rows };
        var code = new TileWriter(Writer, tile);
        int[] vectors = [.. Enumerable.Range(0, tile.Vectors)];
        string[] sums = [.. Enumerable.Range(0, tile.Rows).SelectMany(row => vectors.Select(vector => code.Sum(row, vector)))];
        string[] biases = hasBias ? [.. vectors.Select(static vector => FormattableString.Invariant($"b{vector}"))] : [];

        Writer.Blank();
        Writer.Write($"// {(tile.Rows == 0 ? "The biases of " : Literal.Count(tile.Rows, "input") + " × ")}{Literal.Count(tile.Width, "unit")}{(hasBias && tile.Rows > 0 ? ", and the biases" : "")}.");
        Writer.Write($"private static void {Name(isLast)}<TRule>(ref float x, ref float dy, ref float parameters, ref float state, nuint w, {(hasBias ? "nuint bias, " : "")}in TRule rule, ref float tile, nuint count)");
        using (Writer.BeginBlock(Constraint))
        {
            code.Declare();
            if (hasBias)
                Writer.Write($"{tile.Vector}<float> {string.Join(", ", biases.Select(bias => $"{bias} = {tile.Vector}<float>.Zero"))};");
            using (Writer.BeginBlock("for (nuint b = 0; b < count; b++)"))
            {
                code.Load("d", "dy");
                code.MultiplyAdd("x", static row => row, "d");
                foreach (int vector in vectors.Take(biases.Length))
                    Writer.Write($"b{vector} += d{vector};");
                Writer.Blank();
                Writer.Write($"x = ref Unsafe.Add(ref x, {Plan.InputStride});");
                Writer.Write($"dy = ref Unsafe.Add(ref dy, {Plan.OutputStride});");
            }

            Writer.Blank();
            var weights = new GradientStretch("weights", sums, tile.Width, "w", Part.Region.PanelWidth);
            var bias = new GradientStretch("biases", biases, tile.Width, "bias", 0, IsVector: true);
            EmitApply(tile, [.. new[] { weights, bias }.Where(static stretch => stretch.Vectors.Count > 0)]);
        }
    }
}
