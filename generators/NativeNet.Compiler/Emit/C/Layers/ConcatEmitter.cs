using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes layers side by side: each source's channels to their place, and the gradients of these back.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class ConcatEmitter(CContext context, ConcatPlan plan) : LayerEmitter(context, plan)
{
    private readonly int _positions = plan.Concat.Output.Positions, _channels = plan.Concat.Output.Channels;

    public override void EmitForward()
    {
    }

    protected override void EmitForwardCall(Call call, Places place)
    {
        int first = 0;
        for (int i = 0; i < plan.Concat.Parts.Count; i++)
        {
            int part = plan.Concat.Parts[i];
            if (call.Reads[i].Buffer != call.Writes[0].Buffer)
                Writer.Write($"{Context.Library.Use("copy_parts")}({place.Sample(call.Reads[i])}, {part}, {place.Sample(call.Writes[0])}{Behind(first)}, {_channels}, {part}, {_positions});");
            first += part;
        }
    }

    protected override void EmitBackwardCall(Call call, Places place)
    {
        using (place.BeginSamples())
        {
            int first = 0;
            for (int i = 0; i < plan.Concat.Parts.Count; i++)
            {
                int part = plan.Concat.Parts[i];
                GradientTarget target = Views.InputGradients[i];
                if (plan.IsCopied(target) && target.Gradient is { } gradient)
                    Writer.Write($"{Context.Library.Use(target.Adds ? "add_parts" : "copy_parts")}({place.Sample(Views.Incoming)}{Behind(first)}, {_channels}, {place.Sample(gradient)}, {part}, {part}, {_positions});");
                first += part;
            }
        }
    }

    private static string Behind(int offset) => offset == 0 ? "" : FormattableString.Invariant($" + {offset}");
}
