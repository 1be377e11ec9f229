using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime;

/// <summary>Runs the losses of the library.</summary>
internal static class LossRunner
{
    /// <summary>One over the terms of a mean loss.</summary>
    /// <param name="terms">Those of a sample.</param>
    /// <param name="count">The samples of the batch.</param>
    public static float Reciprocal(int terms, nuint count) => 1f / (count * (nuint)terms);

    /// <summary>The losses of the samples at hand, and the gradient of their scores.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="spec">The network.</param>
    /// <param name="call">The planned call.</param>
    /// <param name="places">Where values lie.</param>
    /// <param name="block">The samples of a block.</param>
    public static RowsCall Create<TLanes>(NetworkSpec spec, Call call, PlaceTable places, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        Place scores = places.Of(call.Reads[0]), gradient = places.Of(call.Writes[0]);
        Place losses = places.Of(call.Writes[1]);
        Place? transposed = call.Writes.Count > 2 ? places.Of(call.Writes[2]) : null;
        int outputs = spec.Output.Length, terms = spec.TargetLength;
        LossKind loss = spec.Loss!.Value;
        return (in RunMemory memory) =>
        {
            int first = (int)memory.Sample, count = (int)memory.Count;
            float reciprocal = Reciprocal(terms, memory.BatchCount);
            LossBuffers batch = transposed is { } turned
                ? new LossBuffers(
                    ref scores.In(memory), scores.Stride, Math.Min(scores.Stride, turned.Stride), ref turned.In(memory), ref gradient.In(memory),
                    ref memory.Scratch, ref losses.In(memory), block, outputs, memory.Count, reciprocal)
                : new LossBuffers(
                    ref scores.In(memory), ref gradient.In(memory), ref memory.Scratch, ref losses.In(memory), block, outputs, memory.Count, reciprocal);
            switch (loss)
            {
                case LossKind.SoftmaxCrossEntropy:
                    SoftmaxCrossEntropyLoss.Evaluate<TLanes>(batch, memory.Classes.Slice(first * terms, count * terms), memory.ClassWeights);
                    break;
                case LossKind.BinaryCrossEntropy:
                    BinaryCrossEntropyLoss.Evaluate<TLanes>(batch, memory.Values.Slice(first * outputs, count * outputs));
                    break;
                default:
                    MeanSquaredErrorLoss.Evaluate<TLanes>(batch, memory.Values.Slice(first * outputs, count * outputs));
                    break;
            }
        };
    }
}
