using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>
/// Writes the weight gradients of a narrow panel with vectors over inputs: sums go to the scratch as (units, inputs) and
/// are turned there into the panel's (inputs, units).
/// </summary>
internal sealed class DenseGradientOverInputsEmitter(SourceWriter writer, DensePlan plan, GradientTile part)
    : DenseGradientEmitter(writer, plan, part)
{
    private readonly Tile _biases = new(Math.Min(part.Tile.Lanes, part.Region.PanelWidth), 1, Math.Max(1, part.Region.PanelWidth / part.Tile.Lanes), 1);

    public override void EmitBegin()
    {
        int padding = Part.Region.PanelWidth - Part.Region.Columns, width = Part.Tile.Width;
        if (padding > 0)
            Writer.Write($"Rows.Clear({At("tile", Part.Region.Columns * width)}, {padding}, {width}, {width}); // padded units");
    }

    public override void EmitCalls(bool isLast)
    {
        foreach (Pass pass in Passes(isLast))
            Writer.Write($"{Name(pass)}({Inputs(isLast)}, {At("dy", pass.FirstUnit)}, {At("tile", pass.FirstUnit * Part.Tile.Width)}, count);");

        int panel = Part.Region.PanelWidth, inputs = isLast ? Part.LastInputs : Part.Inputs;
        Writer.Write($"TurnedUpdate.Apply<TRule, {_biases.LaneType}>(in rule, ref tile, {Part.Tile.Width}, {At("tile", Part.TurnOffset)}, {panel}, {inputs}, ref parameters, ref state, {Weights(isLast)}, TrainedLength);");
        if (isLast && HasBias)
            Writer.Write($"ParameterUpdate.Apply<TRule, {_biases.LaneType}>(TRule.ForVectors(in rule), {At("tile", Part.BiasOffset)}, 1, {panel}, ref parameters, ref state, {Bias}, 0, TrainedLength);");
    }

    public override void EmitMethods()
    {
        IEnumerable<Pass> whole = Part.LastInputs < Plan.Dense.Inputs ? Passes(isLast: false) : [];
        foreach (IGrouping<string, Pass> same in whole.Concat(Passes(isLast: true)).GroupBy(Name))
            EmitSums(same.First());
    }

    /// <summary>The turns in which the units of a tile are summed; the biases go with the first.</summary>
    private IEnumerable<Pass> Passes(bool isLast)
    {
        int vectors = isLast ? (Part.LastInputs + Part.Tile.Lanes - 1) / Part.Tile.Lanes : Part.Tile.Vectors;
        for (int unit = 0; unit < Part.Region.Columns; unit += Part.Tile.Rows)
            yield return new Pass(unit, Part.Tile with { Rows = Math.Min(Part.Tile.Rows, Part.Region.Columns - unit), Vectors = vectors }, HasBias && isLast && unit == 0);
    }

    private string Name(Pass pass)
        => DenseNames.Tile(Plan, pass.HasBiases ? "SumsWithBias" : "Sums", Part.Region, pass.Tile.Rows, pass.Tile.Vectors);

    private void EmitSums(Pass pass)
    {
        Tile tile = pass.Tile;
        var code = new TileWriter(Writer, tile);
        int[] biases = pass.HasBiases ? [.. Enumerable.Range(0, _biases.Vectors)] : [];

        Writer.Blank();
        Writer.Write($"// {Literal.Count(tile.Rows, "unit")} × {Literal.Count(tile.Width, "input")}{(pass.HasBiases ? ", and the biases" : "")}.");
        using (Writer.BeginBlock($"private static void {Name(pass)}(ref float x, ref float dy, ref float tile, nuint count)"))
        {
            code.Declare();
            foreach (int vector in biases)
                Writer.Write($"{_biases.Vector}<float> b{vector} = {_biases.Vector}<float>.Zero;");
            using (Writer.BeginBlock("for (nuint b = 0; b < count; b++)"))
            {
                code.Load("x", "x");
                code.MultiplyAdd("dy", static row => row, "x");
                foreach (int vector in biases)
                    Writer.Write($"b{vector} += {_biases.Vector}.LoadUnsafe({At("dy", vector * _biases.Lanes)});");
                Writer.Blank();
                Writer.Write($"x = ref Unsafe.Add(ref x, {Plan.InputStride});");
                Writer.Write($"dy = ref Unsafe.Add(ref dy, {Plan.OutputStride});");
            }

            Writer.Blank();
            code.Store("tile", Part.Tile.Width);
            foreach (int vector in biases)
                Writer.Write($"b{vector}.StoreUnsafe({At("tile", Part.BiasOffset + (vector * _biases.Lanes))});");
        }
    }

    /// <summary>One loop over the samples.</summary>
    /// <param name="FirstUnit">The unit of its first row.</param>
    /// <param name="Tile">Its sums.</param>
    /// <param name="HasBiases">Whether it sums the biases too.</param>
    private readonly record struct Pass(int FirstUnit, Tile Tile, bool HasBiases);
}
