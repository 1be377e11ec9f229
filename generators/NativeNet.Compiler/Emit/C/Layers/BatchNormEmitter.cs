using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a batch normalization: by running averages in prediction, in training by sums that all samples wait for.</summary>
/// <remarks>What is known of a batch lies in five stretches of channels: mean, one over the deviation, variance of all samples, and the gradients of weight and bias.</remarks>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class BatchNormEmitter(CContext context, BatchNormPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _channels = plan.Norm.Input.Channels, _positions = plan.Norm.Input.Positions, _length = plan.Norm.Input.Length;

    private string Inverse => Statistic(1);

    /// <summary>A value of channel <c>c</c>.</summary>
    private string Statistic(int stretch) => stretch == 0 ? "statistics[c]" : $"statistics[{Text(stretch * plan.ChannelStride)} + c]";

    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: ({Text(_positions)}, {Text(_channels)}), every channel by its running averages.", $"static void {Name}_forward({Parameters}, const float *x, float *y)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write($"const float mean = {Tensor("running_mean")}[c], inverse = 1.0f / {Context.Library.Use("square_root")}({Tensor("running_var")}[c] + {CLiteral.Of(plan.Norm.Epsilon)});");
            using (Context.BeginFor("i", "c", Text(_length), _channels))
                Writer.Write($"y[i] = {Context.Library.Use("multiply_add")}((x[i] - mean) * inverse, {Tensor("weight")}[c], {Tensor("bias")}[c]);");
        }
    }

    public override void EmitTraining()
    {
        if (plan.Norm.IsFixed)
        {
            if (Views.InputGradient.Gradient is not null)
                EmitFixedBackward();
            if (plan.Learns)
                EmitBiasFunction();
            return;
        }

        EmitStatistics();
        EmitTrainingForward();
        EmitGradientStatistics();
        if (Views.InputGradient.Gradient is not null)
            EmitBackward();
        EmitUpdate();
    }

    private void EmitStatistics()
    {
        using (Context.BeginFunction(
            $"{Name}: mean and variance of every channel, sums over samples and positions: sample b belongs to chain b mod 16.",
            $"static void {Name}_measure(const float *x, float *statistics, int32_t count)"))
        {
            Writer.Write($"const float terms = (float)(count * {Text(_positions)}), others = count * {Text(_positions)} > 1 ? (float)(count * {Text(_positions)} - 1) : 1.0f;");
            using (Context.BeginFor("c", _channels))
            {
                Writer.Write("float sum[16] = {0.0f}, squares[16] = {0.0f}, mean;");
                EmitTerms("sum[b & 15] += x[at];");
                Writer.Write($"mean = {Context.Library.Use("sum_halves")}(sum) / terms;");
                EmitTerms("const float d = x[at] - mean;", "squares[b & 15] = multiply_add(d, d, squares[b & 15]);");
                Writer.Write("(void)sum_halves(squares);");
                Writer.Write($"{Statistic(0)} = mean;");
                Writer.Write($"{Inverse} = 1.0f / square_root(squares[0] / terms + {CLiteral.Of(plan.Norm.Epsilon)});");
                Writer.Write($"{Statistic(2)} = squares[0] / others;");
            }
        }
    }

    /// <summary>Writes a loop over a channel's values in the batch.</summary>
    private void EmitTerms(params ReadOnlySpan<string> statements)
    {
        using (Context.BeginFor("b", "0", "count"))
        using (Context.BeginFor("p", _positions))
        {
            Writer.Write($"const int32_t at = b * {Views.Input.Stride} + p * {_channels} + c;");
            foreach (string statement in statements)
                Writer.Write(statement);
        }
    }

    private void EmitTrainingForward()
    {
        using (Context.BeginFunction($"{Name}: one sample by the batch's own mean and variance.", $"static void {Name}_training_forward({Parameters}, const float *statistics, const float *x, float *y)"))
        using (Context.BeginFor("c", _channels))
        using (Context.BeginFor("i", "c", Text(_length), _channels))
            Writer.Write($"y[i] = multiply_add((x[i] - {Statistic(0)}) * {Inverse}, {Tensor("weight")}[c], {Tensor("bias")}[c]);");
    }

    private void EmitGradientStatistics()
    {
        using (Context.BeginFunction($"{Name}: the gradients of weight and bias, which that of the inputs depends on.", $"static void {Name}_gradient_statistics(const float *x, const float *dy, float *statistics, int32_t count)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write("float weight[16] = {0.0f}, bias[16] = {0.0f};");
            EmitTerms(
                $"const float d = dy[b * {Text(Views.Incoming.Stride)} + p * {Text(_channels)} + c];",
                $"weight[b & 15] = multiply_add(d, (x[at] - {Statistic(0)}) * {Inverse}, weight[b & 15]);",
                "bias[b & 15] += d;");
            Writer.Write($"{Statistic(3)} = sum_halves(weight);");
            Writer.Write($"{Statistic(4)} = sum_halves(bias);");
        }
    }

    private void EmitBackward()
    {
        using (Context.BeginFunction(
            $"{Name}: dx = (dy - mean of dy - normalized * mean of dy * normalized) * weight / deviation, for one sample of `count`.",
            $"static void {Name}_backward({Parameters}, const float *statistics, const float *x, const float *dy, float *dx, int32_t count)"))
        {
            Writer.Write($"const float terms = (float)(count * {_positions});");
            using (Context.BeginFor("c", _channels))
            {
                Writer.Write($"const float slope = {Statistic(3)} / terms, center = {Statistic(4)} / terms, factor = {Tensor("weight")}[c] * {Inverse};");
                using (Context.BeginFor("i", "c", Text(_length), _channels))
                    Writer.Write($"dx[i] = multiply_add(-((x[i] - {Statistic(0)}) * {Inverse}), slope, dy[i] - center) * factor;");
            }
        }
    }

    private void EmitFixedBackward()
    {
        using (Context.BeginFunction($"{Name}: dx = dy * (weight / deviation), by the running averages.", $"static void {Name}_backward({Parameters}, const float *dy, float *dx)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write($"const float factor = {Tensor("weight")}[c] * (1.0f / {Context.Library.Use("square_root")}({Tensor("running_var")}[c] + {CLiteral.Of(plan.Norm.Epsilon)}));");
            using (Context.BeginFor("i", "c", Text(_length), _channels))
                Writer.Write("dx[i] = dy[i] * factor;");
        }
    }

    private void EmitUpdate()
    {
        using (Context.BeginFunction($"{Name}: weights and biases along their gradients.", $"static void {Name}_update({Updates}, const float *statistics)"))
        using (Context.BeginFor("c", _channels))
        {
            Writer.Write(Context.Rule!.Update(Member("weight"), "c", Statistic(3)));
            Writer.Write(Context.Rule.Update(Member("bias"), "c", Statistic(4)));
        }

        using (Context.BeginFunction($"{Name}: the running averages towards the batch's.", $"static void {Name}_running_averages({Context.ParametersType} *parameters, const float *statistics)"))
        using (Context.BeginFor("c", _channels))
        {
            EmitAverage("running_mean", 0);
            EmitAverage("running_var", 2);
        }
    }

    private void EmitAverage(string tensor, int stretch)
        => Writer.Write($"parameters->{Member(tensor)}[c] = multiply_add({CLiteral.Of(plan.Norm.Momentum)}, {Statistic(stretch)} - parameters->{Member(tensor)}[c], parameters->{Member(tensor)}[c]);");

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitTrainingForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_training_forward(parameters, {place.Whole(plan.Statistics!)}, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBatchCall(OpKind kind, Places place)
    {
        string x = place.Whole(Views.Input), statistics = place.Whole(plan.Statistics!);
        Writer.Write(kind switch
        {
            OpKind.Statistics => $"{Name}_measure({x}, {statistics}, count);",
            OpKind.GradientStatistics => $"{Name}_gradient_statistics({x}, {place.Whole(Views.Incoming)}, {statistics}, count);",
            _ => $"{Name}_running_averages({Context.Learned}, {statistics});",
        });
    }

    protected override void EmitBackwardCall(Call call, Places place)
        => EmitBackward(place, plan.Result, () => Writer.Write(plan.Statistics is not { } statistics
            ? $"{Name}_backward(parameters, {place.Sample(Views.Incoming)}, {place.Sample(plan.Result)});"
            : $"{Name}_backward(parameters, {place.Whole(statistics)}, {place.Sample(Views.Input)}, {place.Sample(Views.Incoming)}, {place.Sample(plan.Result)}, count);"));

    protected override void EmitUpdateCall(Places place)
    {
        if (plan.LearnsWeights)
            Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {place.Whole(plan.Statistics!)});");
        else
            EmitBiasCall(place);
    }
}
