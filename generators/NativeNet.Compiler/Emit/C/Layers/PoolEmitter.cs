using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes what pooling layers share: the way of a window over the image.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal abstract class PoolEmitter(CContext context, PoolPlan plan) : LayerEmitter(context, plan)
{
    private readonly PoolPlan _plan = plan;
    private readonly WindowAxis _down = plan.Pool.Window.Vertical, _across = plan.Pool.Window.Horizontal;

    /// <summary>The layer.</summary>
    protected PoolSpec Pool => _plan.Pool;

    /// <summary>The channels of the image.</summary>
    protected int Channels => _plan.Pool.Window.Channels;

    /// <summary>The elements of the image.</summary>
    protected int InputLength => _plan.Pool.Input.Length;

    /// <summary>The shapes and the window, for comments.</summary>
    protected string Shapes
        => $"({Text(_down.Input)}, {Text(_across.Input)}, {Text(Channels)}) -> ({Text(_down.Output)}, {Text(_across.Output)}, {Text(Channels)}); window {Text(_down.Kernel)} x {Text(_across.Kernel)}, steps {Text(_down.Stride)} x {Text(_across.Stride)}";

    /// <summary>The place of an output.</summary>
    protected string Output => $"({Terms.Times("oy", _across.Output)} + ox) * {Text(Channels)} + c";

    /// <summary>How many taps of a window lie inside the image.</summary>
    protected string Taps => _down.IsInside && _across.IsInside ? Text(_plan.Pool.Window.Taps) : "((ky1 - ky0) * (kx1 - kx0))";

    /// <summary>Writes loops over windows and channels.</summary>
    /// <param name="before">What comes once a window.</param>
    /// <param name="output">What is done for each channel <c>c</c> of a window.</param>
    protected void EmitWindows(Action before, Action output)
    {
        using (Context.BeginFor("oy", _down.Output))
        {
            Window.EmitTaps(Context, _down, "oy", "y");
            using (Context.BeginFor("ox", _across.Output))
            {
                Window.EmitTaps(Context, _across, "ox", "x");
                before();
                using (Context.BeginFor("c", Channels))
                    output();
            }
        }
    }

    /// <summary>Writes loops over the taps of a window, ascending; <c>at</c> is a tap's place in the image.</summary>
    protected void EmitTaps(params ReadOnlySpan<string> statements)
    {
        using (Context.BeginFor("ky", "ky0", "ky1"))
        using (Context.BeginFor("kx", "kx0", "kx1"))
        {
            Writer.Write($"const int32_t at = {Terms.Times($"((top + {Terms.Times("ky", _down.Dilation)}) * {Text(_across.Input)} + left + {Terms.Times("kx", _across.Dilation)})", Channels)} + c;");
            foreach (string statement in statements)
                Writer.Write(statement);
        }
    }

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward({Inputs(call, place)[0]}, {place.Sample(call.Writes[0])});");

    protected override void EmitBackwardCall(Call call, Places place) => EmitBackward(place, _plan.Result, () =>
    {
        string values = _plan.Pool.Kind == PoolKind.Max ? $"{place.Sample(Views.Input)}, {place.Sample(Views.Output)}, " : "";
        Writer.Write($"{Name}_backward({values}{place.Sample(Views.Incoming)}, {place.Sample(_plan.Result)});");
    });
}
