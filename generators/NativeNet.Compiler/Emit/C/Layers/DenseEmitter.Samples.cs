using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <content>
/// Steps of many samples: where the processor has vectors, tiles of <see cref="Tiles.Rows"/> rows and <see cref="Tiles.Columns"/>
/// columns, so that a weight is loaded once for several samples; elsewhere the functions for one sample, in a loop.
/// </content>
internal sealed partial class DenseEmitter
{
    /// <summary>Units whose weights are turned at once for the gradients of inputs: 4 KB, which stay in the cache.</summary>
    private const int TurnedUnits = 64;

    /// <summary>Whether vectors have enough columns: of units forward, of inputs backward, of either for the weights.</summary>
    private bool IsForwardTiled => Context.BatchSize > 1 && _units >= Tiles.Columns;

    /// <inheritdoc cref="IsForwardTiled"/>
    private bool IsInputGradientTiled => Context.BatchSize > 1 && _inputs >= Tiles.Columns && !Views.InputGradient.Adds;

    /// <summary>Few units are rows of a weight gradient's tiles; its columns are then inputs.</summary>
    private bool HasColumnsOfInputs => _units < Tiles.Columns;

    /// <summary>The inputs or units that a weight gradient's tiles cover as columns, 0 where there are too few.</summary>
    private int TiledColumns => (HasColumnsOfInputs ? _inputs : _units) / Tiles.Columns * Tiles.Columns;

    private string Activated => KeepsSums ? ", float *z" : "";

    protected override void EmitForwardOfSamples(Call call, Places place)
    {
        if (!IsForwardTiled || !place.HasBatch)
        {
            base.EmitForwardOfSamples(call, place);
            return;
        }

        string sums = KeepsSums ? $", {place.Whole(call.Writes[1])}" : "";
        Writer.Write($"{Name}_forward_samples(parameters, {place.Whole(call.Reads[0])}, {place.Whole(call.Writes[0])}{sums}, count);");
    }

    protected override void EmitBackwardCall(Call call, Places place)
    {
        if (Views.InputGradient.Gradient is not { } target || !IsInputGradientTiled)
        {
            base.EmitBackwardCall(call, place);
            return;
        }

        if (plan.TakesActivationBack)
        {
            using (place.BeginSamples())
                EmitActivationGradientCall(place);
        }

        Writer.Write($"{Name}_input_gradient_samples(parameters, {place.Whole(plan.SumGradient)}, {place.Whole(target)}, count);");
    }

    private void EmitForwardOfSamples()
    {
        string signature = $"static void {Name}_forward_samples({Parameters}, const float *x, float *y{Activated}, int32_t count)";
        int x = Views.Input.Stride, y = Views.Output.Stride, z = KeepsSums ? Views.Sums!.Stride : y;
        Writer.Blank();
        Writer.Write(Tiles.Condition);
        using (Context.BeginFunction($"{Name} for all samples, in tiles of samples and units.", signature))
        {
            using (BeginColumns("n", _units))
            using (BeginRows("b", "count"))
            {
                string first = _chains == 1 ? "sum" : "sum[0]";
                Writer.Write($"float {(_chains == 1 ? "sum" : $"sum[{Text(_chains)}]")}[TILE_ROWS][TILE_COLUMNS]{(_chains > 1 ? " = {{{0.0f}}}" : plan.Dense.HasBias ? "" : " = {{0.0f}}")};");
                if (plan.Dense.HasBias)
                    EmitTile($"{first}[i][j] = {Tensor("bias")}[n + j];");
                EmitForwardProducts(x);
                EmitTile($"{Sums}[(b + i) * {Text(z)} + n + j] = {Result(first + "[i][j]")};");
            }

            if (HasLongActivation)
            {
                using (Context.BeginFor("b", "0", "count"))
                    EmitLongActivation($"y[b * {Text(y)} + i]", $"{Sums}[b * {Text(z)} + i]");
            }
        }

        Writer.Write("#else");
        EmitLoop($"{Name} for all samples, one after the other.", signature, $"{Name}_forward(parameters, x + b * {Text(x)}, y + b * {Text(y)}{(KeepsSums ? $", z + b * {Text(z)}" : "")});");
    }

    /// <summary>Writes the products of a tile, chain after chain, and the sum of the chains.</summary>
    private void EmitForwardProducts(int stride)
    {
        string weight = $"{Tensor("weight")} + n", multiply = $"{Context.Library.Use("tile_products")}(rows, x + b * {Text(stride)}";
        if (_chains == 1)
        {
            Writer.Write($"{multiply}, {Text(stride)}, 1, {weight}, {Text(_units)}, {Text(_inputs)}, sum[0], TILE_COLUMNS);");
            return;
        }

        Context.Loop("p", _chains, $"{multiply} + p, {Text(stride)}, {Text(_chains)}, {weight} + p * {Text(_units)}, {Text(_chains * _units)}, ({Text(_inputs + _chains - 1)} - p) / {Text(_chains)}, sum[p][0], TILE_COLUMNS);");
        using (Writer.BeginBlock($"for (int32_t half = {Text(_chains / 2)}; half > 0; half /= 2)"))
        using (Context.BeginFor("p", "0", "half"))
            EmitTile("sum[p][i][j] += sum[p + half][i][j];");
    }

    private void EmitInputGradientOfSamples()
    {
        string signature = $"static void {Name}_input_gradient_samples({Parameters}, const float *dz, float *dx, int32_t count)";
        int from = plan.SumGradient.Stride, to = Views.InputGradient.Gradient!.Stride, turned = Math.Min(_units, TurnedUnits);
        bool hasBlocks = _units > TurnedUnits;
        Writer.Blank();
        Writer.Write(Tiles.Condition);
        using (Context.BeginFunction($"{Name}: the gradients of the inputs of all samples, in tiles of samples and inputs, by weights that are turned first.", signature))
        using (BeginColumns("k", _inputs))
        {
            Writer.Write($"float turned[{Text(turned)}][TILE_COLUMNS];");
            using (Context.BeginFor("b", "0", "count"))
                Context.Loop("i", Tiles.Columns, $"dx[b * {Text(to)} + k + i] = 0.0f;");
            using (hasBlocks ? Context.BeginFor("first", _units, turned) : (IDisposable?)null)
            {
                string length = Text(turned), start = hasBlocks ? "first + " : "";
                if (hasBlocks && _units % turned != 0)
                {
                    length = "length";
                    Writer.Write($"const int32_t length = {Text(_units)} - first < {Text(turned)} ? {Text(_units)} - first : {Text(turned)};");
                }

                using (Context.BeginFor("i", Tiles.Columns))
                using (Context.BeginFor("n", "0", length))
                    Writer.Write($"turned[n][i] = {Tensor("weight")}[{Terms.Times("(k + i)", _units)} + {start}n];");
                using (BeginRows("b", "count"))
                    Writer.Write($"{Context.Library.Use("tile_products")}(rows, dz + b * {Text(from)}{(hasBlocks ? " + first" : "")}, {Text(from)}, 1, turned[0], TILE_COLUMNS, {length}, dx + b * {Text(to)} + k, {Text(to)});");
            }
        }

        Writer.Write("#else");
        EmitInputGradientOfOne();
        EmitLoop($"{Name}: the gradients of the inputs of all samples, one after the other.", signature, $"{Name}_input_gradient(parameters, dz + b * {Text(from)}, dx + b * {Text(to)});");
    }

    /// <summary>Writes the update where there are vectors; what their columns do not cover, small tiles do.</summary>
    private void EmitUpdateTiles()
    {
        int x = Views.Input.Stride, dz = plan.SumGradient.Stride;
        (string rows, string columns) = HasColumnsOfInputs ? ("n", "k") : ("k", "n");
        string left = HasColumnsOfInputs ? $"dz + n, 1, {Text(dz)}" : $"x + k, 1, {Text(x)}";
        string right = HasColumnsOfInputs ? $"x + k, {Text(x)}" : $"dz + n, {Text(dz)}";
        using (Context.BeginFor(columns, "0", Text(TiledColumns), Tiles.Columns))
        using (BeginRows(rows, Text(HasColumnsOfInputs ? _units : _inputs)))
        {
            Writer.Write("float gradient[TILE_ROWS][TILE_COLUMNS] = {{0.0f}};");
            Writer.Write($"{Context.Library.Use("tile_products")}(rows, {left}, {right}, count, gradient[0], TILE_COLUMNS);");
            EmitTile(Context.Rule!.Update(Member("weight"), HasColumnsOfInputs ? $"{Terms.Times("(k + j)", _units)} + n + i" : $"{Terms.Times("(k + i)", _units)} + n + j", "gradient[i][j]"));
        }

        if (HasColumnsOfInputs && TiledColumns < _inputs)
            EmitWeightTiles(TiledColumns, 0);
        if (!HasColumnsOfInputs && TiledColumns < _units)
            EmitWeightTiles(0, TiledColumns);
    }

    /// <summary>Begins the tiles' columns; the last tile reaches back where they do not divide them, and computes the same once more.</summary>
    private SourceWriter.Block BeginColumns(string variable, int count)
    {
        if (count % Tiles.Columns == 0)
            return Context.BeginFor(variable, count, Tiles.Columns);

        SourceWriter.Block block = Context.BeginFor("start", count, Tiles.Columns);
        Writer.Write($"const int32_t {variable} = start < {Text(count - Tiles.Columns)} ? start : {Text(count - Tiles.Columns)};");
        return block;
    }

    /// <summary>Begins the tiles' rows; the last tile may have fewer.</summary>
    private SourceWriter.Block BeginRows(string variable, string count)
    {
        SourceWriter.Block block = Writer.BeginBlock($"for (int32_t {variable} = 0; {variable} < {count}; {variable} += TILE_ROWS)");
        Writer.Write($"const int32_t rows = {count} - {variable} < TILE_ROWS ? {count} - {variable} : TILE_ROWS;");
        return block;
    }

    /// <summary>Writes a statement for every element of a tile.</summary>
    private void EmitTile(string statement)
    {
        using (Context.BeginFor("i", "0", "rows"))
        using (Context.BeginFor("j", "0", "TILE_COLUMNS"))
            Writer.Write(statement);
    }

    /// <summary>Writes a function that calls another for each sample, and the end of the condition.</summary>
    private void EmitLoop(string comment, string signature, string call)
    {
        using (Context.BeginFunction(comment, signature))
        using (Context.BeginFor("b", "0", "count"))
            Writer.Write(call);
        Writer.Write("#endif");
    }
}
