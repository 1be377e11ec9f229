using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes max pooling.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class MaxPoolEmitter(CContext context, PoolPlan plan) : PoolEmitter(context, plan)
{
    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: {Shapes}. Of equal values the first; a NaN stays.", $"static void {Name}_forward(const float *x, float *y)"))
        {
            EmitWindows(static () => { }, () =>
            {
                Writer.Write("float greatest = -3.40282347e+38f;");
                Writer.Write("int32_t is_first = 1;");
                EmitTaps(
                    "if (is_first != 0 || (!(x[at] <= greatest) && greatest <= greatest)) {\n    greatest = x[at];\n    is_first = 0;\n}");
                Writer.Write($"y[{Output}] = greatest;");
            });
        }
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is null)
            return;

        using (Context.BeginFunction(
            $"{Name}: each gradient to the first tap of its window that is not below the output, windows ascending.",
            $"static void {Name}_backward(const float *x, const float *y, const float *dy, float *dx)"))
        {
            Context.Loop("i", InputLength, "dx[i] = 0.0f;");
            EmitWindows(static () => { }, () =>
            {
                Writer.Write("int32_t chosen = -1;");
                EmitTaps($"if (chosen < 0 && y[{Output}] <= x[at]) {{\n    chosen = at;\n}}");
                using (Writer.BeginBlock("if (chosen >= 0)"))
                    Writer.Write($"dx[chosen] += dy[{Output}];");
            });
        }
    }
}
