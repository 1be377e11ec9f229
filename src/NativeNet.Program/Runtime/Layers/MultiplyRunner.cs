using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a product of layers: from left to right on the way forward, on the way back with all but one.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class MultiplyRunner<TLanes>(MultiplyPlan plan, int block) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _elements = plan.Multiply.Output.Length;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Product(inputs, output, _elements);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Product(inputs, output, _elements * block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        RowsCall[] operands = [.. Enumerable.Range(0, plan.Views.Inputs.Count)
            .Where(operand => plan.Views.InputGradients[operand].Gradient is not null)
            .Select(operand => Backward(operand, place))];
        return (in RunMemory memory) =>
        {
            foreach (RowsCall operand in operands)
                operand(memory);
        };
    }

    /// <summary>The gradient of one operand: that of the outputs times the other operands.</summary>
    private RowsCall Backward(int operand, Func<View, Place> place)
    {
        (View? gradient, bool adds) = plan.Views.InputGradients[operand];
        Place target = place(gradient!), result = adds ? place(plan.Share) : target;
        int length = _elements * block;
        IEnumerable<View> others = plan.Views.Inputs.Where((_, other) => other != operand);
        RowsCall product = Product([place(plan.Views.Incoming), .. others.Select(place)], result, length);
        if (!adds)
            return product;

        return (in RunMemory memory) =>
        {
            product(memory);
            Blocks.Add<TLanes>(ref target.In(memory), ref result.In(memory), (nuint)length);
        };
    }

    private static RowsCall Product(Place[] factors, Place output, int length) => (in RunMemory memory) =>
    {
        ref float product = ref output.In(memory);
        Blocks.Multiply<TLanes>(ref factors[0].In(memory), ref factors[1].In(memory), ref product, (nuint)length);
        for (int i = 2; i < factors.Length; i++)
            Blocks.Multiply<TLanes>(ref product, ref factors[i].In(memory), ref product, (nuint)length);
    };
}
