using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a dense layer: tiles of units forward, of inputs backward, of both for the weights.</summary>
/// <remarks>
/// A processor with an FPU has 32 registers: 16 to 20 sums leave room for what is multiplied. On a Cortex-M4F 8 units of 2 chains
/// take half of the instructions of one unit, wider tiles no less.
/// </remarks>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed partial class DenseEmitter(CContext context, DensePlan plan) : ActivatedEmitter(context, plan, plan.Dense.Activation, plan.TakesActivationBack)
{
    /// <summary>The most sums of a forward tile, and of one chain.</summary>
    private const int ForwardSums = 20, UnitsOfOneChain = 16;

    /// <summary>The most inputs of an input gradient's tile, and the sides of a weight gradient's.</summary>
    private const int InputTile = 8, WeightRows = 4, WeightColumns = 5;

    private readonly int _inputs = plan.Dense.Inputs, _units = plan.Dense.Units, _chains = plan.Chains;

    public override void EmitForward()
    {
        string chains = _chains == 1 ? "each sum one chain over the inputs" : $"each sum {Text(_chains)} chains over the inputs, added in halves";
        using (Context.BeginFunction($"{Name}: ({Text(_inputs)}) -> ({Text(_units)}){ActivationText.Suffix(plan.Dense.Activation)}; {chains}.", ForwardSignature))
        {
            int most = _chains == 1 ? UnitsOfOneChain : Math.Max(1, _chains == 2 ? 8 : ForwardSums / _chains);
            foreach (TileStretch units in TileSplit.Of(_units, most))
            {
                if (units.IsOne)
                {
                    using (Writer.BeginBlock())
                        EmitForwardTile(units.Width, Text(units.Start));
                }
                else
                {
                    using (Context.BeginFor("n", Text(units.Start), Text(units.End), units.Width))
                        EmitForwardTile(units.Width, "n");
                }
            }

            EmitLongActivation();
        }
    }

    private void EmitForwardTile(int width, string unit)
    {
        string sum = _chains == 1 ? "sum[u]" : "sum[p][u]", first = _chains == 1 ? "sum[u]" : "sum[0][u]", at = Plus(unit, "u");
        int whole = _inputs / _chains * _chains, rest = _inputs % _chains;
        Writer.Write($"const float *w = {Plus(Tensor("weight"), unit)};");
        Writer.Write(_chains > 1 ? $"float sum[{_chains}][{width}] = {{{{0.0f}}}};" : plan.Dense.HasBias ? $"float sum[{width}];" : $"float sum[{width}] = {{0.0f}};");
        if (plan.Dense.HasBias)
            Context.Unrolled("u", width, $"{first} = {Tensor("bias")}[{at}];");
        using (Context.BeginFor("k", whole, _chains))
        {
            if (_chains == 1)
            {
                EmitProducts(width, sum, "x[k]");
            }
            else
            {
                Writer.Write("UNROLL");
                using (Context.BeginFor("p", _chains))
                    EmitProducts(width, sum, "x[k + p]");
            }
        }

        if (rest > 0)
        {
            Writer.Write("UNROLL");
            using (Context.BeginFor("p", rest))
                EmitProducts(width, sum, $"x[{Text(whole)} + p]");
        }

        for (int half = _chains / 2; half > 1; half /= 2)
        {
            Writer.Write("UNROLL");
            using (Context.BeginFor("p", half))
                Context.Unrolled("u", width, $"sum[p][u] += sum[p + {Text(half)}][u];");
        }

        Context.Unrolled("u", width, _chains == 1
            ? $"{Sums}[{at}] = {Result("sum[u]")};"
            : $"{Sums}[{at}] = {Result("sum[0][u] + sum[1][u]")};");
    }

    private void EmitProducts(int width, string sum, string x)
    {
        Context.Unrolled("u", width, $"{sum} = {Context.Library.Use("multiply_add")}({x}, w[u], {sum});");
        Writer.Write($"w = &w[{Text(_units)}];");
    }

    public override void EmitTraining()
    {
        if (IsForwardTiled)
            EmitForwardOfSamples();
        if (!plan.UpdatesOnTheWayBack)
        {
            base.EmitTraining();
            return;
        }

        EmitActivationGradient();
        EmitBackwardUpdate();
    }

    protected override void EmitBiasesAlone()
    {
        using (Context.BeginFunction($"{Name}: biases along their gradients; one chain over the samples.", $"static void {Name}_update({Updates}, const float *dz, int32_t count)"))
            EmitBiasUpdate(Context.Rule!);
    }

    protected override void EmitInputGradient()
    {
        if (IsInputGradientTiled)
            EmitInputGradientOfSamples();
        else
            EmitInputGradientOfOne();
    }

    private void EmitInputGradientOfOne()
    {
        bool adds = Views.InputGradient.Adds;
        using (Context.BeginFunction(
            $"{Name}: the gradient of the inputs, ({Text(_units)}) -> ({Text(_inputs)}); one chain over the units{(adds ? ", added to what is there" : "")}.",
            $"static void {Name}_input_gradient({Parameters}, const float *dz, float *dx)"))
        {
            foreach (TileStretch inputs in TileSplit.Of(_inputs, InputTile))
            {
                using (Context.BeginFor("k", Text(inputs.Start), Text(inputs.End), inputs.Width))
                {
                    Writer.Write($"const float *w = {Tensor("weight")} + {Terms.Times("k", _units)};");
                    Writer.Write($"float sum[{inputs.Width}] = {{0.0f}};");
                    using (Context.BeginFor("n", _units))
                        Context.Unrolled("i", inputs.Width, $"sum[i] = {Context.Library.Use("multiply_add")}(dz[n], w[{Terms.Times("i", _units)} + n], sum[i]);");
                    Context.Unrolled("i", inputs.Width, $"dx[k + i] {(adds ? "+=" : "=")} sum[i];");
                }
            }
        }
    }

    /// <summary>
    /// Writes both for one sample: each weight gives its product to the gradient of its input, then moves. Where the inputs are those
    /// of a relu and weights behind a 0 rest, a dead unit costs one comparison.
    /// </summary>
    private void EmitBackwardUpdate()
    {
        GradientTarget target = Views.InputGradient;
        bool isMasked = target.TakenBack.Kind == ActivationKind.Relu && !target.Adds;
        string taken = target.TakenBack.Kind == ActivationKind.None ? "" : $", the {Vocabulary.Activations.WordFor(target.TakenBack.Kind)} behind them taken back";
        using (Context.BeginFunction(
            $"{Name}: the gradient of the inputs, ({Text(_units)}) -> ({Text(_inputs)}), one chain over the units{taken}; it may take the place of\nthe inputs. Then {Learned} along the gradients x[k] * dz[n].{RestText}",
            $"static void {Name}_backward_update({Updates}, const float *x, const float *dz, float *dx)"))
        {
            EmitRests();
            using (Context.BeginFor("k", _inputs))
            {
                string sum = $"sum = {Context.Library.Use("multiply_add")}(dz[n], parameters->{Member("weight")}[{Terms.Times("k", _units)} + n], sum);";
                string update = Context.Rule!.Update(Member("weight"), $"{Terms.Times("k", _units)} + n", $"{Context.Library.Use("product")}(v, dz[n])");
                Writer.Write("const float v = x[k];");
                Writer.Write("float sum = 0.0f;");
                if (isMasked == (Rests is not null))
                {
                    EmitUnitLoop(isMasked ? MovesCondition : null, sum, update);
                }
                else
                {
                    EmitUnitLoop(isMasked ? "!(v <= 0.0f)" : null, sum);
                    EmitUnitLoop(Rests is null ? null : MovesCondition, update);
                }

                Writer.Write($"dx[k] {(target.Adds ? "+=" : "=")} {ActivationText.Backward(Context.Library, target.TakenBack, "v", "sum")};");
            }

            EmitBiasUpdateOfOne();
        }
    }

    private void EmitUnitLoop(string? condition, params ReadOnlySpan<string> statements)
    {
        using (condition is null ? (IDisposable?)null : Writer.BeginBlock($"if ({condition})"))
            Context.Unrolled("n", _units, statements);
    }

    protected override void EmitBackwardUpdateCall(Places place)
    {
        using (plan.TakesActivationBack ? place.BeginSamples() : null)
            EmitActivationGradientCall(place);
        Writer.Write($"{Name}_backward_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(Views.Input)}, {place.Whole(plan.SumGradient)}, {place.Whole(Views.InputGradient.Gradient!)});");
    }

    protected override void EmitUpdate()
    {
        bool hasBatches = Context.BatchSize > 1;
        EmitUpdateOfOne(hasBatches ? "update_one" : "update");
        if (!hasBatches)
            return;

        using (Context.BeginFunction(
            $"{Name}: {Learned} along their gradients; one chain over the samples.",
            $"static void {Name}_update({Updates}, const float *x, const float *dz, int32_t count)"))
        {
            Writer.Write($"if (count == 1) {{\n    {Name}_update_one(parameters, {Context.Rule!.Arguments}, x, dz);\n    return;\n}}");
            if (TiledColumns > 0)
            {
                Writer.Write(Tiles.Condition);
                EmitUpdateTiles();
                Writer.Write("#else");
            }

            EmitWeightTiles(0, 0);
            if (TiledColumns > 0)
                Writer.Write("#endif");
            if (plan.Dense.HasBias)
                EmitBiasUpdate(Context.Rule);
        }
    }

    /// <summary>Writes small tiles of weights.</summary>
    /// <param name="firstInput">The first input.</param>
    /// <param name="firstUnit">The first unit.</param>
    private void EmitWeightTiles(int firstInput, int firstUnit)
    {
        foreach (TileStretch inputs in TileSplit.Of(_inputs - firstInput, WeightRows))
        {
            using (Context.BeginFor("k", Text(firstInput + inputs.Start), Text(firstInput + inputs.End), inputs.Width))
            {
                foreach (TileStretch units in TileSplit.Of(_units - firstUnit, WeightColumns))
                {
                    using (Context.BeginFor("n", Text(firstUnit + units.Start), Text(firstUnit + units.End), units.Width))
                        EmitWeightTile(inputs.Width, units.Width);
                }
            }
        }
    }

    /// <summary>What is updated, for comments.</summary>
    private string Learned => plan.Dense.HasBias ? "weights and biases" : "weights";

    private void EmitBiasUpdate(RuleEmitter rule)
    {
        using (Context.BeginFor("n", _units))
        {
            Writer.Write("float gradient = 0.0f;");
            using (Context.BeginFor("b", "0", "count"))
                Writer.Write($"gradient += dz[b * {plan.SumGradient.Stride} + n];");
            Writer.Write(rule.Update(Member("bias"), "n", "gradient"));
        }
    }

    /// <summary>
    /// When weights behind an input of 0 may rest, a condition. Half of the inputs behind a relu are 0: their weights take a third of the
    /// instructions. An infinite or a NaN behind an input of 0 makes sum, scores and gradients NaN.
    /// </summary>
    private string? Rests => ReachesScoresThroughSums ? Context.Rule!.Rests : null;

    private string RestText => Rests is null ? "" : "\nWhere nothing decays and all is finite, the weights of an input of 0 rest.";

    /// <summary>Whether the weights of input <c>v</c> move.</summary>
    private string MovesCondition => $"rests == 0 || ({Context.Library.Use("to_bits")}(v) << 1) != 0u";

    private void EmitRests()
    {
        if (Rests is null)
            return;

        Writer.Write("int32_t rests = 1;");
        using (Writer.BeginBlock($"if (!({Rests}))"))
            Writer.Write("rests = 0;");
        Context.Loop("n", _units, $"rests &= {Context.Library.Use("is_finite")}(dz[n]);");
    }

    private void EmitBiasUpdateOfOne()
    {
        if (plan.Dense.HasBias)
            Context.Loop("n", _units, Context.Rule!.Update(Member("bias"), "n", "dz[n] + 0.0f"));
    }

    /// <summary>Writes the update for one sample.</summary>
    private void EmitUpdateOfOne(string function)
    {
        using (Context.BeginFunction(
            $"{Name}: {Learned} along the gradients of one sample, x[k] * dz[n].{RestText}",
            $"static void {Name}_{function}({Updates}, const float *x, const float *dz)"))
        {
            EmitRests();
            foreach (TileStretch units in TileSplit.Of(_units, UnitsOfOneChain))
            {
                using (Context.BeginFor("n", Text(units.Start), Text(units.End), units.Width))
                {
                    Writer.Write($"float d[{units.Width}];");
                    Context.Unrolled("u", units.Width, "d[u] = dz[n + u];");
                    using (Context.BeginFor("k", _inputs))
                    {
                        Writer.Write("const float v = x[k];");
                        using (Rests is null ? (IDisposable?)null : Writer.BeginBlock($"if ({MovesCondition})"))
                            Context.Unrolled("u", units.Width, Context.Rule!.Update(Member("weight"), $"{Terms.Times("k", _units)} + n + u", $"{Context.Library.Use("product")}(v, d[u])"));
                    }
                }
            }

            EmitBiasUpdateOfOne();
        }
    }

    /// <summary>Whether what the layer puts out reaches the scores through sums and functions alone, so that a NaN reaches all of them and comes back.</summary>
    private bool ReachesScoresThroughSums => Context.Program.Layers
        .Where(later => later.Spec.Index > plan.Spec.Index)
        .Zip(Context.Program.Layers.Where(before => before.Spec.Index >= plan.Spec.Index), static (later, before) => (later, before))
        .All(static pair => pair.later is DensePlan or ActivationPlan && pair.later.Views.Input == pair.before.Views.Output);

    protected override void EmitWholeUpdateCall(Places place)
    {
        if (Context.BatchSize > 1)
            base.EmitWholeUpdateCall(place);
        else
            Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(Views.Input)}, {place.Whole(plan.SumGradient)});");
    }

    private void EmitWeightTile(int rows, int columns)
    {
        Writer.Write($"float gradient[{rows}][{columns}] = {{{{0.0f}}}};");
        using (Context.BeginFor("b", "0", "count"))
        {
            Writer.Write($"const float *xb = x + b * {Views.Input.Stride} + k, *db = dz + b * {plan.SumGradient.Stride} + n;");
            Writer.Write("UNROLL");
            using (Context.BeginFor("i", rows))
                Context.Unrolled("j", columns, "gradient[i][j] = multiply_add(xb[i], db[j], gradient[i][j]);");
        }

        Writer.Write("UNROLL");
        using (Context.BeginFor("i", rows))
            Context.Unrolled("j", columns, Context.Rule!.Update(Member("weight"), $"{Terms.Times("(k + i)", _units)} + n + j", "gradient[i][j]"));
    }

    private static string Plus(string place, string offset)
        => offset == "0" ? place : place == "0" ? offset : $"{place} + {offset}";
}
