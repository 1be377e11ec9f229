using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of layers side by side: each source's channels to their place, and the gradients of these back.</summary>
internal sealed class ConcatEmitter(SourceWriter writer, ConcatPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _lanes = width.LaneType(block);
    private readonly int _positions = plan.Concat.Output.Positions;
    private readonly int _channels = plan.Concat.Output.Channels;

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output) => EmitForward(inputs, output, 1, static _ => true);

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitForward(inputs, output, block, i => plan.IsCopied(plan.Views.Inputs[i]));

    public override void EmitBackward(Func<View, string> reference)
    {
        int first = 0;
        for (int i = 0; i < plan.Concat.Parts.Count; i++)
        {
            int part = plan.Concat.Parts[i];
            GradientTarget target = plan.Views.InputGradients[i];
            if (plan.IsCopied(target) && target.Gradient is { } gradient)
                writer.Write($"ChannelParts.{(target.Adds ? $"Add<{_lanes}>" : "Copy")}({Part(reference(plan.Views.Incoming), first * block)}, {_channels * block}, ref {reference(gradient)}, {part * block}, {part * block}, {_positions});");
            first += part;
        }
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitForward(IReadOnlyList<string> inputs, string output, int samples, Func<int, bool> isCopied)
    {
        int first = 0;
        for (int i = 0; i < plan.Concat.Parts.Count; i++)
        {
            int part = plan.Concat.Parts[i];
            if (isCopied(i))
                writer.Write($"ChannelParts.Copy(ref {inputs[i]}, {part * samples}, {Part(output, first * samples)}, {_channels * samples}, {part * samples}, {_positions});");
            first += part;
        }
    }

    private static string Part(string reference, int offset)
        => offset == 0 ? $"ref {reference}" : FormattableString.Invariant($"ref Unsafe.Add(ref {reference}, {offset})");
}
