using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Runtime.Layers;
using NativeNet.Runtime.Memory;
using PlannedProgram = NativeNet.Compiler.Planning.Program;

namespace NativeNet.Runtime;

/// <summary>Finds, for the planned calls of a program, the layers that run them and the places that they touch.</summary>
/// <param name="program">The program.</param>
/// <param name="layers">What runs each layer, by its position in the file.</param>
/// <param name="createLoss">Makes the call of the loss.</param>
internal sealed class CallBinding(
    PlannedProgram program, IReadOnlyDictionary<int, LayerRunner> layers, Func<Call, PlaceTable, RowsCall> createLoss)
{
    /// <summary>A call on one sample.</summary>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    public RowsCall Single(Call call, PlaceTable places)
    {
        Place output = places.Of(call.Writes[0]);
        if (call.Op.Layer is not null)
            return LayerOf(call).Single(Inputs(call, places), places.Of(call.Writes[call.Writes.Count - 1]), output);

        Place input = places.Of(call.Reads[0]);
        int length = call.Reads[0].Length;
        return (in RunMemory memory) => Blocks.Copy(ref input.In(memory), ref output.In(memory), length);
    }

    /// <summary>A call on a stretch of a signal, of a layer that keeps something of earlier frames.</summary>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    /// <param name="stream">Where what is kept lies.</param>
    public RowsCall Process(Call call, PlaceTable places, PlaceTable stream)
        => LayerOf(call).Process(Inputs(call, places), places.Of(call.Writes[call.Writes.Count - 2]), places.Of(call.Writes[0]), stream[call.Writes[call.Writes.Count - 1].Buffer]);

    /// <summary>A call on the samples of a pass or of a block.</summary>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    public RowsCall Rows(Call call, PlaceTable places)
    {
        Place output = places.Of(call.Writes[0]);
        return call.Op.Kind switch
        {
            OpKind.Copy => Conversion(call, places),
            OpKind.Forward => LayerOf(call).Forward(Inputs(call, places), places.Of(call.Writes[call.Writes.Count - 1]), output),
            OpKind.TrainingForward => LayerOf(call).TrainingForward(Inputs(call, places), output, places.Declared(call)),
            OpKind.Loss => createLoss(call, places),
            OpKind.Backward => LayerOf(call).Backward(places.Declared(call)),
            _ => throw new ArgumentException($"{call.Op.Kind} is no operation on rows.", nameof(call)),
        };
    }

    /// <summary>Steps over rows.</summary>
    /// <param name="steps">Calls, and loops over blocks.</param>
    /// <param name="places">Where values lie.</param>
    public RowSteps Steps(IEnumerable<Step> steps, PlaceTable places) => new(
        [.. steps.Select(step => step is ForBlocks loop
            ? new RowSteps.RowStep(true, [.. loop.Calls.Select(call => Rows(call, places))])
            : new RowSteps.RowStep(false, [Rows((Call)step, places)]))],
        program.BlockSize);

    /// <summary>Sums over the whole batch.</summary>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    public PartCall Statistics(Call call, PlaceTable places)
        => LayerOf(call).Statistics(places.Declared(call), call.Op.Kind == OpKind.GradientStatistics);

    /// <summary>The move of a layer's running averages.</summary>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    public RowsCall RunningAverages(Call call, PlaceTable places) => LayerOf(call).RunningAverages(places.Declared(call));

    private LayerRunner LayerOf(Call call) => layers[call.Op.Layer!.Index];

    private Place[] Inputs(Call call, PlaceTable places)
        => [.. call.Reads.Take(program.LayerOf(call.Op).Views.Inputs.Count).Select(places.Of)];

    private static RowsCall Conversion(Call call, PlaceTable places)
    {
        bool isToBlocks = call.Writes[0].Form == SampleForm.Blocks;
        Place from = places.Of(call.Reads[0]), to = places.Of(call.Writes[0]);
        (Place rows, Place blocks) = isToBlocks ? (from, to) : (to, from);
        nuint elements = (nuint)(isToBlocks ? call.Writes[0] : call.Reads[0]).Length, stride = (nuint)rows.Stride, block = (nuint)blocks.Block;
        return isToBlocks
            ? (in RunMemory memory) => Transpose.ToBlock(ref rows.In(memory), stride, ref blocks.In(memory), block, elements, memory.Count)
            : (in RunMemory memory) => Transpose.ToRows(ref rows.In(memory), stride, ref blocks.In(memory), block, elements, memory.Count);
    }
}
