using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a sum of layers: from left to right on the way forward, the gradient to all of them on the way back.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class AddRunner<TLanes>(AddPlan plan, int block) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _elements = plan.Add.Output.Length;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Sum(inputs, output, _elements);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Sum(inputs, output, _elements * block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming);
        (Place Place, bool Adds)[] targets =
            [.. plan.Views.InputGradients.Where(static target => target.Gradient is not null).Select(target => (place(target.Gradient!), target.Adds))];
        int length = _elements * block;
        return (in RunMemory memory) =>
        {
            foreach ((Place target, bool adds) in targets)
            {
                if (adds)
                    Blocks.Add<TLanes>(ref target.In(memory), ref incoming.In(memory), (nuint)length);
                else
                    Blocks.Copy(ref incoming.In(memory), ref target.In(memory), length);
            }
        };
    }

    private static RowsCall Sum(Place[] inputs, Place output, int length) => (in RunMemory memory) =>
    {
        ref float sum = ref output.In(memory);
        Blocks.Add<TLanes>(ref inputs[0].In(memory), ref inputs[1].In(memory), ref sum, (nuint)length);
        for (int i = 2; i < inputs.Length; i++)
            Blocks.Add<TLanes>(ref sum, ref inputs[i].In(memory), (nuint)length);
    };
}
