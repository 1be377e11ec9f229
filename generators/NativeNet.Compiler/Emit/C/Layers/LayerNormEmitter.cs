using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a layer normalization, whose backward pass saves the normalized values for its update.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class LayerNormEmitter(CContext context, LayerNormPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.Norm.Input.Channels, _positions = plan.Norm.Input.Positions;

    public override void EmitForward()
    {
        using (Context.BeginFunction(
            $"{Name}: mean 0 and variance 1 over {Text(_channels)} channels; returns one over the deviation. Sums of rows have 16 chains.",
            $"static float {Name}_normalize(const float *x, float *normalized)"))
        {
            Writer.Write($"const float mean = {Context.Library.Use("row_sum")}(x, {_channels}) / {CLiteral.Of((float)_channels)};");
            Writer.Write("float inverse;");
            Context.Loop("c", _channels, "normalized[c] = x[c] - mean;");
            Writer.Write($"inverse = 1.0f / {Context.Library.Use("square_root")}({Context.Library.Use("row_product")}(normalized, normalized, {_channels}) / {CLiteral.Of((float)_channels)} + {CLiteral.Of(plan.Norm.Epsilon)});");
            Context.Loop("c", _channels, "normalized[c] *= inverse;");
            Writer.Write("return inverse;");
        }

        using (Context.BeginFunction($"{Name}: ({Text(_positions)}, {Text(_channels)}), every position by itself.", $"static void {Name}_forward({Parameters}, const float *x, float *y)"))
        using (Context.BeginFor("p", _positions))
        {
            Writer.Write($"float *const row = y + p * {_channels};");
            Writer.Write($"(void){Name}_normalize(x + p * {Text(_channels)}, row);");
            Context.Loop("c", _channels, $"row[c] = {Context.Library.Use("multiply_add")}(row[c], {Tensor("weight")}[c], {Tensor("bias")}[c]);");
        }
    }

    public override void EmitTraining()
    {
        if (!Views.IsOnTheWayBack)
            return;

        if (plan.NeedsBackward)
            EmitBackward();
        if (plan.LearnsWeights)
            EmitUpdate();
        else if (plan.Learns)
            EmitBiasFunction();
    }

    private void EmitBackward()
    {
        bool hasGradient = Views.InputGradient.Gradient is not null;
        using (Context.BeginFunction(
            $"{Name}: saves the normalized values{(hasGradient ? "; the gradient of the inputs, with g = dy * weight:\ndx = (g - mean of g - normalized * mean of g * normalized) / deviation" : "")}.",
            hasGradient
                ? $"static void {Name}_backward({Parameters}, const float *x, const float *dy, float *kept, float *dx)"
                : $"static void {Name}_backward(const float *x, float *kept)"))
        using (Context.BeginFor("p", _positions))
        {
            Writer.Write($"float *const row = kept + p * {_channels};");
            if (!hasGradient)
            {
                Writer.Write($"(void){Name}_normalize(x + p * {Text(_channels)}, row);");
                return;
            }

            string divisor = CLiteral.Of((float)_channels);
            Writer.Write($"const float inverse = {Name}_normalize(x + p * {Text(_channels)}, row);");
            Writer.Write($"float *const g = dx + p * {_channels};");
            Writer.Write("float mean, slope;");
            Context.Loop("c", _channels, $"g[c] = dy[p * {Text(_channels)} + c] * {Tensor("weight")}[c];");
            Writer.Write($"mean = row_sum(g, {Text(_channels)}) / {divisor};");
            Writer.Write($"slope = row_product(g, row, {Text(_channels)}) / {divisor};");
            Context.Loop("c", _channels, "g[c] = multiply_add(-row[c], slope, g[c] - mean) * inverse;");
        }
    }

    private void EmitUpdate()
    {
        using (Context.BeginFunction(
            $"{Name}: weights and biases along their gradients, sums over samples and positions: sample b belongs to chain b mod 16.",
            $"static void {Name}_update({Updates}, const float *kept, const float *dy, int32_t count)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write("float weight[16] = {0.0f}, bias[16] = {0.0f};");
            using (Context.BeginFor("b", "0", "count"))
            using (Context.BeginFor("p", _positions))
            {
                Writer.Write($"const float d = dy[b * {Views.Incoming.Stride} + p * {_channels} + c];");
                Writer.Write($"weight[b & 15] = multiply_add(d, kept[b * {plan.Saved!.Stride} + p * {_channels} + c], weight[b & 15]);");
                Writer.Write("bias[b & 15] += d;");
            }

            Writer.Write(Context.Rule!.Update(Member("weight"), "c", $"{Context.Library.Use("sum_halves")}(weight)"));
            Writer.Write(Context.Rule.Update(Member("bias"), "c", "sum_halves(bias)"));
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place)
    {
        string x = place.Sample(Views.Input), kept = place.Sample(plan.Saved!);
        using (place.BeginSamples())
        {
            Writer.Write(Views.InputGradient.Gradient is null
                ? $"{Name}_backward({x}, {kept});"
                : $"{Name}_backward(parameters, {x}, {place.Sample(Views.Incoming)}, {kept}, {place.Sample(plan.Result)});");
            if (Views.InputGradient is { Adds: true, Gradient: { } target })
                Writer.Write($"{Context.Library.Use("add_to")}({place.Sample(target)}, {place.Sample(plan.Result)}, {plan.Norm.Input.Length});");
        }
    }

    protected override void EmitUpdateCall(Places place)
    {
        if (plan.LearnsWeights)
            Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(plan.Saved!)}, {place.Whole(Views.Incoming)}, count);");
        else
            EmitBiasCall(place);
    }
}
