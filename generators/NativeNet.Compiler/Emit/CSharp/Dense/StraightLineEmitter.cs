using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>
/// Writes the prediction of a tiny network, dense layers one behind the other, without a loop, a call or a way through
/// memory: the outputs of a layer stay in registers, and shuffles hand them to the next.
/// </summary>
/// <remarks>
/// A value that is stored and loaded again arrives some 8 cycles late, and a layer of a few units is hardly more than
/// that; nothing hides it, since every layer needs all of the one before.
/// </remarks>
internal sealed class StraightLineEmitter(SourceWriter writer, Program program, int widthIndex)
{
    /// <summary>The vectors of the layer before, in order of columns; none at first, when inputs come from memory.</summary>
    private readonly List<Held> _source = [];

    public void Emit()
    {
        foreach (DensePlan layer in program.Layers.Cast<DensePlan>())
            EmitLayer(layer);

        string scores = program.SingleScores.Buffer;
        foreach (Held held in _source)
            writer.Write($"{held.Name}.StoreUnsafe(ref workspace, {scores} + {held.Column});");
    }

    private void EmitLayer(DensePlan layer)
    {
        var outputs = new List<Held>();
        writer.Write($"// {layer.Name}: y[n] = {ActivationCode.Name(layer.Dense.Activation)}({(layer.Bias is null ? "" : "bias[n] + ")}Σₖ x[k] · w[k, n]).");
        foreach (StraightTile part in layer.Kernels[widthIndex].Straight)
        {
            int end = part.Region.FirstColumn + (part.Region.PanelCount * part.Region.PanelWidth);
            for (int column = part.Region.FirstColumn; column < end; column += part.Outputs.Width)
            {
                List<Held> held = [.. Enumerable.Range(0, part.Tile.Vectors).Select(v => Output(layer, part.Outputs, column + (v * part.Outputs.Lanes)))];
                writer.Write($"{part.Outputs.Vector}<float> {string.Join(", ", held.Select(static vector => vector.Name))};");
                using (writer.BeginBlock())
                    EmitSums(layer, part, column, held);
                outputs.AddRange(held);
            }
        }

        _source.Clear();
        _source.AddRange(outputs);
    }

    private static Held Output(DensePlan layer, Tile tile, int column)
        => new(FormattableString.Invariant($"y{layer.Spec.Index}n{column}"), column, tile);

    private void EmitSums(DensePlan layer, StraightTile part, int column, List<Held> held)
    {
        Tile tile = part.Tile;
        var code = new TileWriter(writer, tile, v => PanelOffset(layer, part, column + (v * tile.Lanes)) - PanelOffset(layer, part, column));
        int weights = layer.Weights.Offset + layer.Weights.Matrix.PanelOffset(part.Region.FirstPanel) + PanelOffset(layer, part, column);

        writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {weights});");
        if (layer.Bias is { } bias)
            writer.Write($"ref float bias = ref Unsafe.Add(ref parameters, {bias.Offset + column});");
        code.Declare(layer.Bias is null ? null : v => ZeroExtended($"{part.Outputs.Vector}.LoadUnsafe(ref bias, {v * part.Outputs.Lanes})", part.Outputs, tile));

        for (int k = 0; k < layer.Dense.Inputs; k += part.RowsAVector)
        {
            using (writer.BeginBlock())
                EmitStep(code, part, k);
        }

        writer.Blank();
        code.Reduce();
        for (int v = 0; v < tile.Vectors; v++)
            EmitOutput(layer, part, code.Sum(0, v), held[v].Name);
    }

    private void EmitStep(TileWriter code, StraightTile part, int input)
    {
        Tile tile = part.Tile;
        int chain = input / part.RowsAVector % tile.Chains;
        code.Load("w", "w", input * part.Region.PanelWidth);
        writer.Write($"{tile.Vector}<float> x0 = {Inputs(part, input)};");
        for (int v = 0; v < tile.Vectors; v++)
            writer.Write($"{code.Sum(0, v, chain)} = {tile.Vector}.FusedMultiplyAdd(x0, w{v}, {code.Sum(0, v, chain)});");
    }

    /// <summary>The rows of a vector hold chains of one sum each, which are added in halves like the others.</summary>
    private void EmitOutput(DensePlan layer, StraightTile part, string sum, string output)
    {
        Tile tile = part.Tile;
        while (tile.Lanes > part.Outputs.Lanes)
        {
            Tile half = tile with { Lanes = tile.Lanes / 2 };
            string added = FormattableString.Invariant($"{sum}by{half.Lanes}");
            writer.Write($"{half.Vector}<float> {added} = {sum}.GetLower() + {sum}.GetUpper();");
            (tile, sum) = (half, added);
        }

        writer.Write($"{output} = {ActivationCode.Forward(layer.Dense.Activation, tile, sum)}.Value;");
    }

    /// <summary>A vector with an input in every lane, or in all lanes of each of its rows.</summary>
    private string Inputs(StraightTile part, int input)
    {
        if (_source.Count == 0)
            return $"{part.Tile.Vector}.Create({TileWriter.Element("inputs", input)})";

        Held held = _source.Last(vector => vector.Column <= input);
        Tile wide = part.Tile.Lanes > held.Tile.Lanes ? part.Tile : held.Tile;
        int lane = input - held.Column;
        if (part.RowsAVector == 1 && lane == 0)
            return $"{part.Tile.Vector}.Create({held.Name}.ToScalar())";

        IEnumerable<int> lanes = Enumerable.Range(0, wide.Lanes).Select(i => lane + (i % part.Tile.Lanes / part.Outputs.Lanes));
        string text = $"{wide.Vector}.Shuffle({Widened(held.Name, held.Tile, wide)}, {wide.Vector}.Create({string.Join(", ", lanes.Select(static i => FormattableString.Invariant($"{i}")))}))";
        for (int l = wide.Lanes; l > part.Tile.Lanes; l /= 2)
            text += ".GetLower()";
        return text;
    }

    /// <summary>Whatever the added lanes hold.</summary>
    private static string Widened(string vector, Tile from, Tile to)
    {
        for (int lanes = from.Lanes; lanes < to.Lanes; lanes *= 2)
            vector += FormattableString.Invariant($".ToVector{64 * lanes}Unsafe()");
        return vector;
    }

    private static string ZeroExtended(string vector, Tile from, Tile to)
    {
        for (int lanes = from.Lanes; lanes < to.Lanes; lanes *= 2)
            vector += FormattableString.Invariant($".ToVector{64 * lanes}()");
        return vector;
    }

    /// <summary>Floats from the region's first column to another in row 0.</summary>
    private static int PanelOffset(DensePlan layer, StraightTile part, int column)
    {
        int inside = column - part.Region.FirstColumn, width = part.Region.PanelWidth;
        return (inside / width * layer.Dense.Inputs * width) + (inside % width);
    }

    /// <summary>A vector of outputs in a local variable.</summary>
    private readonly record struct Held(string Name, int Column, Tile Tile);
}
