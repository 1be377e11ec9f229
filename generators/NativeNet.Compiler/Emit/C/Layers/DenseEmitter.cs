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
internal sealed class DenseEmitter(CContext context, DensePlan plan) : ActivatedEmitter(context, plan, plan.Dense.Activation)
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
        Writer.Write(_chains == 1 ? $"float sum[{width}];" : $"float sum[{_chains}][{width}] = {{{{0.0f}}}};");
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
        Writer.Write($"w += {Text(_units)};");
    }

    public override void EmitTraining()
    {
        EmitActivationGradient();
        if (Views.InputGradient.Gradient is not null)
            EmitInputGradient();
        EmitUpdate();
    }

    private void EmitInputGradient()
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
                    Writer.Write($"const float *w = {Tensor("weight")} + k * {_units};");
                    Writer.Write($"float sum[{inputs.Width}] = {{0.0f}};");
                    using (Context.BeginFor("n", _units))
                        Context.Unrolled("i", inputs.Width, $"sum[i] = {Context.Library.Use("multiply_add")}(dz[n], w[i * {Text(_units)} + n], sum[i]);");
                    Context.Unrolled("i", inputs.Width, $"dx[k + i] {(adds ? "+=" : "=")} sum[i];");
                }
            }
        }
    }

    private void EmitUpdate()
    {
        using (Context.BeginFunction(
            $"{Name}: weights and biases along their gradients; one chain over the samples.",
            $"static void {Name}_update({Updates}, const float *x, const float *dz, int32_t count)"))
        {
            foreach (TileStretch inputs in TileSplit.Of(_inputs, WeightRows))
            {
                using (Context.BeginFor("k", Text(inputs.Start), Text(inputs.End), inputs.Width))
                {
                    foreach (TileStretch units in TileSplit.Of(_units, WeightColumns))
                    {
                        using (Context.BeginFor("n", Text(units.Start), Text(units.End), units.Width))
                            EmitWeightTile(inputs.Width, units.Width);
                    }
                }
            }

            using (Context.BeginFor("n", _units))
            {
                Writer.Write("float gradient = 0.0f;");
                using (Context.BeginFor("b", "0", "count"))
                    Writer.Write($"gradient += dz[b * {plan.SumGradient.Stride} + n];");
                Writer.Write(Context.Rule!.Update(Member("bias"), "n", "gradient"));
            }
        }
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
            Context.Unrolled("j", columns, Context.Rule!.Update(Member("weight"), $"(k + i) * {Text(_units)} + n + j", "gradient[i][j]"));
    }

    private static string Plus(string place, string offset)
        => offset == "0" ? place : place == "0" ? offset : $"{place} + {offset}";
}
