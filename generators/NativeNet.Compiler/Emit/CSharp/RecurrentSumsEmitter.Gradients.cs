using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <content>The way back, and the gradients of weights and biases.</content>
internal sealed partial class RecurrentSumsEmitter
{
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

    /// <summary>The sum that a gate's weights belong to: those of h of a split gate to the one behind it.</summary>
    private int SumOf(int gate, bool isHidden) => isHidden && _isSplit && gate == _gates - 1 ? gate + 1 : gate;
}
