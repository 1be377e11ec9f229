using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes average pooling, over windows or over the whole image as the only one.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class AveragePoolEmitter(CContext context, PoolPlan plan) : PoolEmitter(context, plan)
{
    public override void EmitForward()
    {
        using (Context.BeginFunction($"{Name}: {Shapes}. {(Pool.CountsPadding ? "Sums over the taps inside the image, ascending, divided by all taps." : "Means over the taps inside the image, ascending.")}", $"static void {Name}_forward(const float *x, float *y)"))
        {
            EmitWindows(EmitFactor, () =>
            {
                Writer.Write("float sum = 0.0f;");
                EmitTaps("sum += x[at];");
                Writer.Write($"y[{Output}] = sum * factor;");
            });
        }
    }

    public override void EmitTraining()
    {
        if (Views.InputGradient.Gradient is null)
            return;

        using (Context.BeginFunction($"{Name}: each gradient in equal shares to the taps of its window, windows ascending.", $"static void {Name}_backward(const float *dy, float *dx)"))
        {
            Context.Loop("i", InputLength, "dx[i] = 0.0f;");
            EmitWindows(EmitFactor, () => EmitTaps($"dx[at] = {Context.Library.Use("multiply_add")}(dy[{Output}], factor, dx[at]);"));
        }
    }

    private void EmitFactor() => Writer.Write($"const float factor = 1.0f / (float){(Pool.CountsPadding ? Text(Pool.Window.Taps) : Taps)};");
}
