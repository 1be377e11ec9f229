using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the sums of products of a recurrent layer as a type that the library's loops over frames are told of.</summary>
internal sealed class RecurrentSumsEmitter(SourceWriter writer, RecurrentPlan plan, RecurrentKernels kernels, int block)
{
    private const int FullWidth = Target.UnitPanel;

    private readonly int _gates = plan.Recurrent.Gates, _sums = plan.Recurrent.Sums, _inputs = plan.Recurrent.Inputs, _units = plan.Recurrent.Units;

    /// <summary>Whether the last gate has one sum over x and one over h.</summary>
    private readonly bool _isSplit = plan.Recurrent.Sums > plan.Recurrent.Gates;

    /// <summary>What is written of a tile once, however many calls there are.</summary>
    private readonly Dictionary<string, Action> _methods = [];

    /// <summary>What a sum runs over.</summary>
    private enum Over
    {
        Both,
        Inputs,
        State,
    }

    /// <summary>The name of the type.</summary>
    public static string TypeName(RecurrentPlan plan) => LayerPlan.NameOf(plan.Recurrent) + "Sums";

    /// <summary>The type.</summary>
    /// <param name="trains">Whether the network trains; else only what predictions need.</param>
    public void Emit(bool trains)
    {
        writer.Blank();
        writer.Write($"// {plan.Name}, sums of products: {_units} units with {_gates} {(_gates == 1 ? "gate" : "gates")} each over x ({_inputs}) and h ({_units}), weights [panel][k][gate][unit].");
        using (writer.BeginBlock($"internal readonly struct {TypeName(plan)} : IRecurrentSums"))
        {
            EmitOneFrame();
            EmitFrames();
            if (trains && plan.Views.IsOnTheWayBack)
                EmitTraining();

            foreach (Action method in _methods.Values.ToArray())
                method();
        }
    }

    private void EmitTraining()
    {
        EmitGradientOf("ToState", kernels.ToState, Over.State);
        if (plan.Views.InputGradient.Gradient is not null)
            EmitGradientOf("ToInputs", kernels.ToInputs, Over.Inputs);
        if (plan.LearnsWeights)
            EmitWeightGradients();
        if (plan.Learns)
            EmitBiasGradients();
    }

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

    /// <summary>Elements two by two, the even ones into chain 0, the odd ones into chain 1; few of them without a loop.</summary>
    private void EmitPairs(string values, int valueStride, string weights, int weightStride, int count, Action<int, int> emitStep)
    {
        const int MostUnrolled = 4;
        int whole = count <= MostUnrolled ? 0 : count / 2 * 2;
        if (whole > 0)
        {
            writer.Blank();
            using (writer.BeginBlock($"for (int k = 0; k < {whole}; k += 2)"))
            {
                EmitScoped(0, 0);
                writer.Blank();
                EmitScoped(1, 1);
                writer.Blank();
                writer.Write($"{values} = ref Unsafe.Add(ref {values}, {2 * valueStride});");
                writer.Write($"{weights} = ref Unsafe.Add(ref {weights}, {2 * weightStride});");
            }
        }

        for (int step = 0; step < count - whole; step++)
            EmitScoped(step, step % 2);

        void EmitScoped(int step, int chain)
        {
            using (writer.BeginBlock())
                emitStep(step, chain);
        }
    }

    /// <summary>The gradient of what the sums were made of: one chain an element over gates, in each over units.</summary>
    private void EmitGradientOf(string operation, Tile tile, Over over)
    {
        int count = over == Over.State ? _units : _inputs, rows = tile.Rows, whole = count / rows * rows;
        string target = over == Over.State ? "dh" : "dx", adds = over == Over.State ? "" : ", bool adds", added = over == Over.State ? "" : ", adds";
        writer.Blank();
        using (writer.BeginBlock($"public static void {operation}(ref float ds, ref float {target}, ref float parameters, in RecurrentShape shape, int block{adds})"))
        {
            using (writer.BeginBlock($"for (nuint b = 0; b < {block}; b += {tile.Width})"))
            {
                writer.Write($"for (nuint k = 0; k < {whole}; k += {rows})");
                writer.Write($"    {Call(rows, "k")}");
                if (whole < count)
                    writer.Write(Call(count - whole, Number(whole)));
            }
        }

        string Call(int height, string k)
        {
            string name = FormattableString.Invariant($"{operation}{height}x{tile.Vectors}");
            _methods[name] = () => EmitGradientTile(name, tile with { Rows = height }, over);
            return $"{name}(ref Unsafe.Add(ref ds, b), ref parameters, {k}, ref Unsafe.Add(ref {target}, ({k} * {block}) + b){added});";
        }
    }

    private void EmitGradientTile(string name, Tile tile, Over over)
    {
        bool isState = over == Over.State;
        var code = new TileWriter(writer, tile);
        string target = isState ? "dh" : "dx";
        writer.Blank();
        writer.Write($"// Elements: {tile.Rows} × {tile.Width} samples, one chain each.");
        using (writer.BeginBlock($"private static void {name}(ref float ds, ref float parameters, nuint k, ref float {target}{(isState ? "" : ", bool adds")})"))
        {
            if (isState)
                code.DeclareFrom(target, block, tile.Lanes);
            else
                code.Declare();
            for (int gate = 0; gate < _gates; gate++)
            {
                foreach (RecurrentRegion region in kernels.Regions)
                    EmitGate(code, region, gate, isState);
            }

            writer.Blank();
            if (isState)
            {
                code.StoreTo(target, block, tile.Lanes);
                return;
            }

            using (writer.BeginBlock("if (adds)"))
                code.Store(target, block, adds: true);
            using (writer.BeginBlock("else"))
                code.Store(target, block);
        }
    }

    private void EmitGate(TileWriter code, RecurrentRegion region, int gate, bool isState)
    {
        int width = region.Width, row = _gates * width, inputs = isState ? _units : _inputs;
        int weights = plan.Tensor(isState ? "weight_hh" : "weight_ih").Offset + (region.First * FullWidth * _gates * inputs) + (gate * width);
        int sums = ((region.First * FullWidth * _sums) + (SumOf(gate, isState) * width)) * block;
        using (writer.BeginBlock())
        {
            writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {DenseNames.Plus(weights, FormattableString.Invariant($"k * {row}"))}), d = ref {Moved("ds", sums)};");
            if (region.Count == 1)
            {
                EmitUnits();
                return;
            }

            using (writer.BeginBlock($"for (int panel = 0; panel < {region.Count}; panel++)"))
            {
                EmitUnits();
                writer.Blank();
                writer.Write($"w = ref Unsafe.Add(ref w, {(row * inputs) - region.Units});");
                writer.Write($"d = ref Unsafe.Add(ref d, {((_sums * width) - region.Units) * block});");
            }
        }

        void EmitUnits()
        {
            using (writer.BeginBlock($"for (int n = 0; n < {region.Units}; n++)"))
            {
                code.Load("d", "d");
                code.MultiplyAdd("w", r => r * row, "d");
                writer.Blank();
                writer.Write("w = ref Unsafe.Add(ref w, 1);");
                writer.Write($"d = ref Unsafe.Add(ref d, {block});");
            }
        }
    }

    private void EmitWeightGradients()
    {
        writer.Blank();
        writer.Write($"public static int GradientRows => {kernels.GradientRows};");
        writer.Blank();
        using (writer.BeginBlock("public static void WeightGradients(ref float factors, in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel, int rows, bool isHidden)"))
        {
            EmitRegions(region =>
            {
                EmitGradientCalls(region, kernels.GradientRows);
                foreach (int rest in new[] { _inputs % kernels.GradientRows, _units % kernels.GradientRows }.Where(static rest => rest > 0).Distinct())
                {
                    writer.Blank();
                    EmitGradientCalls(region, rest);
                }
            });
        }
    }

    private void EmitGradientCalls(RecurrentRegion region, int rows)
    {
        using (writer.BeginBlock($"if (rows == {rows})"))
        {
            if (!_isSplit)
            {
                Emit(isHidden: false);
                return;
            }

            using (writer.BeginBlock("if (isHidden)"))
                Emit(isHidden: true);
            using (writer.BeginBlock("else"))
                Emit(isHidden: false);
        }

        void Emit(bool isHidden)
        {
            Tile tile = region.Gradient with { Rows = rows };
            int vectors = _gates * region.Width / tile.Lanes;
            for (int first = 0; first < vectors; first += tile.Vectors)
            {
                int[] places = [.. Enumerable.Range(first, tile.Vectors).Select(PlaceOf)];
                int[] offsets = [.. places.Select(place => place - places[0])];
                bool isApart = offsets.Where((offset, v) => offset != v * tile.Lanes).Any();
                string name = FormattableString.Invariant($"WeightGradients{(isApart ? "Apart" : "")}{rows}x{tile.Vectors}Of{region.Width}");
                writer.Write($"{name}(ref factors, frames, ref {Moved("ds", places[0])}, ref {Moved("gradients", first * tile.Lanes)});");
                _methods[name] = () => EmitWeightTile(name, region, tile, v => offsets[v]);
            }

            int PlaceOf(int vector)
            {
                int unit = vector * region.Gradient.Lanes;
                return (SumOf(unit / region.Width, isHidden) * region.Width) + (unit % region.Width);
            }
        }
    }

    private void EmitWeightTile(string name, RecurrentRegion region, Tile tile, Func<int, int> offset)
    {
        var code = new TileWriter(writer, tile, offset);
        writer.Blank();
        writer.Write($"// Weights: {tile.Rows} rows × {tile.Width} units, one chain each.");
        using (writer.BeginBlock($"private static void {name}(ref float factors, in RecurrentFrames frames, ref float ds, ref float gradients)"))
        {
            code.Declare();
            EmitOverSamples(
                "ref float f = ref Unsafe.Add(ref factors, (b * frames.FactorSample) + (t * frames.FactorFrame)), d = ref ",
                () =>
                {
                    code.Load("d", "d");
                    code.MultiplyAdd("f", r => r * block, "d");
                    writer.Blank();
                    writer.Write("f = ref Unsafe.Add(ref f, 1);");
                });
            writer.Blank();
            code.Store("gradients", _gates * region.Width);
        }
    }

    private void EmitBiasGradients()
    {
        writer.Blank();
        using (writer.BeginBlock("public static void BiasGradients(in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel)"))
        {
            EmitRegions(region =>
            {
                string name = FormattableString.Invariant($"BiasGradientsOf{region.Width}");
                writer.Write($"{name}(frames, ref ds, ref gradients);");
                _methods[name] = () => EmitBiasTile(name, region);
            });
        }
    }

    private void EmitBiasTile(string name, RecurrentRegion region)
    {
        int lanes = region.Gradient.Lanes;
        var tile = new Tile(lanes, 1, _sums * region.Width / lanes, 1);
        var code = new TileWriter(writer, tile);
        writer.Blank();
        using (writer.BeginBlock($"private static void {name}(in RecurrentFrames frames, ref float ds, ref float gradients)"))
        {
            code.Declare();
            EmitOverSamples("ref float d = ref ", () =>
            {
                for (int vector = 0; vector < tile.Vectors; vector++)
                    writer.Write($"{code.Sum(0, vector)} += {code.At("d", vector * lanes)};");
                writer.Blank();
            });
            writer.Blank();
            code.Store("gradients", 0);
        }
    }

    /// <summary>Frames ascending, in each the samples ascending, block by block.</summary>
    private void EmitOverSamples(string places, Action emitSample)
    {
        using (writer.BeginBlock($"for (int t = 0; t < {plan.Recurrent.Steps}; t++)"))
        {
            using (writer.BeginBlock($"for (int b = 0; b < frames.Count; b += {block})"))
            {
                writer.Write($"{places}Unsafe.Add(ref ds, (b * frames.Sample) + (t * frames.Frame));");
                using (writer.BeginBlock($"for (int i = Math.Min({block}, frames.Count - b); i > 0; i--)"))
                {
                    emitSample();
                    writer.Write($"d = ref Unsafe.Add(ref d, {_sums * plan.Plane});");
                }
            }
        }
    }

    /// <summary>What is done for a panel: whole panels alike, the last one apart where it is narrower.</summary>
    private void EmitRegions(Action<RecurrentRegion> emit)
    {
        if (kernels.Regions.Count == 1)
        {
            emit(kernels.Regions[0]);
            return;
        }

        using (writer.BeginBlock($"if (panel < {kernels.Regions[1].First})"))
            emit(kernels.Regions[0]);
        using (writer.BeginBlock("else"))
            emit(kernels.Regions[1]);
    }

    /// <summary>The references to a panel's weights and biases.</summary>
    private void EmitPlaces(RecurrentRegion region)
    {
        int row = _gates * FullWidth;
        Place("w", "weight_ih", row * _inputs);
        Place("u", "weight_hh", row * _units);
        Place("bias", "bias", row);
        if (_isSplit)
            Place("hiddenBias", "bias_n", FullWidth);

        void Place(string name, string tensor, int stride)
        {
            int offset = plan.Tensor(tensor).Offset;
            string index = region.Count == 1 ? Number(offset + (region.First * stride)) : DenseNames.Plus(offset, FormattableString.Invariant($"panel * {stride}"));
            writer.Write($"ref float {name} = ref Unsafe.Add(ref parameters, {index});");
        }
    }

    /// <summary>The sum that a gate's weights belong to: those of h of a split gate to the one behind it.</summary>
    private int SumOf(int gate, bool isHidden) => isHidden && _isSplit && gate == _gates - 1 ? gate + 1 : gate;

    private static string Moved(string reference, int offset) => TileWriter.Element(reference, offset);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
