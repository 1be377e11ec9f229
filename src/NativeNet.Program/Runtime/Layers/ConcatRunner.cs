using System.Runtime.CompilerServices;
using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs layers side by side: each source's channels to their place, and the gradients of these back.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ConcatRunner<TLanes>(ConcatPlan plan, int block) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _positions = plan.Concat.Output.Positions;
    private readonly int _channels = plan.Concat.Output.Channels;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output)
        => Copy([.. Parts().Select((part, i) => (inputs[i], part))], output, samples: 1);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output)
        => Copy([.. Parts().Select((part, i) => (inputs[i], part)).Where((_, i) => plan.IsCopied(plan.Views.Inputs[i]))], output, block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming);
        (Place Place, bool Adds, ChannelPart Part)[] targets = [.. Parts()
            .Select((part, i) => (Target: plan.Views.InputGradients[i], Part: part))
            .Where(each => plan.IsCopied(each.Target))
            .Select(each => (place(each.Target.Gradient!), each.Target.Adds, each.Part))];
        return (in RunMemory memory) =>
        {
            foreach ((Place target, bool adds, ChannelPart part) in targets)
            {
                ref float from = ref Unsafe.Add(ref incoming.In(memory), part.First * block);
                int stride = _channels * block, run = part.Count * block;
                if (adds)
                    ChannelParts.Add<TLanes>(ref from, stride, ref target.In(memory), run, run, _positions);
                else
                    ChannelParts.Copy(ref from, stride, ref target.In(memory), run, run, _positions);
            }
        };
    }

    private RowsCall Copy((Place Source, ChannelPart Part)[] sources, Place output, int samples) => (in RunMemory memory) =>
    {
        foreach ((Place source, ChannelPart part) in sources)
        {
            int run = part.Count * samples;
            ChannelParts.Copy(
                ref source.In(memory), run, ref Unsafe.Add(ref output.In(memory), part.First * samples), _channels * samples, run, _positions);
        }
    };

    private ChannelPart[] Parts()
    {
        int first = 0;
        var parts = new ChannelPart[plan.Concat.Parts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new ChannelPart(first, plan.Concat.Parts[i]);
            first += plan.Concat.Parts[i];
        }

        return parts;
    }

    /// <summary>Channels of one source.</summary>
    /// <param name="First">Their first place.</param>
    /// <param name="Count">How many.</param>
    private readonly record struct ChannelPart(int First, int Count);
}
