using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Training;

/// <summary>Gradients over several batches as one, with a bound on their norm.</summary>
/// <remarks>
/// <para>
/// With g₁ … gₙ the mean gradients of the batches and w the sizes of the batches relative to the first one's, as float:
/// sum = g₁, then sum = fma(w, g, sum) batch by batch; the gradient is sum / Σ w. It is the mean over all samples, and
/// one batch alone gives its own gradient, bit for bit.
/// </para>
/// <para>
/// The norm is √Σ g² over all trained parameters of the network, tensor by tensor in the order of files, each row-major,
/// without padding. The order within is that of <see cref="Numerics.ChunkedSum"/>: chunks of 4096, 16 partial sums in a
/// chunk. A norm above the bound brings every gradient down by bound / norm, as float.
/// Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1.
/// </para>
/// </remarks>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
/// <param name="network">The network.</param>
internal sealed class GradientAccumulator<TTarget>(TrainableNetwork<TTarget> network) : IDisposable
    where TTarget : unmanaged
{
    private readonly AlignedBuffer<float> _sum = new(network.ParametersLength);
    private readonly AlignedBuffer<float> _batch = new(network.ParametersLength);
    private readonly TensorSlot[] _trained = [.. network.Tensors.Slots.Where(static slot => slot.IsTrained).OrderBy(static slot => slot.Offset)];
    private int _firstCount, _samples;
    private float _weight;

    /// <summary>The batches since the last update.</summary>
    public int BatchCount { get; private set; }

    /// <summary>Adds the gradients of a batch.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="targets">(count, TargetLength), row-major.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    /// <param name="draw">What decides the random numbers of the step that the gradients are for.</param>
    /// <param name="classWeights">One factor a class on the loss of its samples; empty for 1.</param>
    /// <returns>The mean loss of the batch.</returns>
    public float Add(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace,
        TrainingDraw draw, ReadOnlySpan<float> classWeights)
    {
        int count = targets.Length / network.TargetLength;
        if (BatchCount == 0)
        {
            float firstLoss = network.Gradients(parameters, inputs, targets, _sum.Span, workspace, draw, classWeights);
            (BatchCount, _firstCount, _samples, _weight) = (1, count, count, 1f);
            return firstLoss;
        }

        float loss = network.Gradients(parameters, inputs, targets, _batch.Span, workspace, draw with { FirstSample = _samples }, classWeights);
        float weight = (float)count / _firstCount;
        LanesPass.Run(
            new AddGradientsPass(ref MemoryMarshal.GetReference(_sum.Span), ref MemoryMarshal.GetReference(_batch.Span), weight),
            network.TrainedLength);
        BatchCount++;
        _samples += count;
        _weight += weight;
        return loss;
    }

    /// <summary>Updates the parameters with the gradients gathered and begins anew.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="parameters">(ParametersLength), updated.</param>
    /// <param name="state">(TRule.StateCount · TrainedLength), updated.</param>
    /// <param name="rule">The rule at its step.</param>
    /// <param name="maximumNorm">The bound on the norm, above 0; +∞ for none.</param>
    /// <returns>The norm before it was bounded.</returns>
    public float Apply<TRule>(Span<float> parameters, Span<float> state, in TRule rule, float maximumNorm)
        where TRule : struct, IUpdateRule<TRule>
    {
        ref float gradients = ref MemoryMarshal.GetReference(_sum.Span);
        LanesPass.Run(new DivideGradientsPass(ref gradients, _weight), network.TrainedLength);

        // The gradients of the last batch are in the sum; their room is free.
        float norm = GradientNorm.Of(network.Tensors, _sum.Span, _batch.Span);
        float factor = norm > maximumNorm ? maximumNorm / norm : 1f;
        Update(parameters, state, rule, factor);
        BatchCount = 0;
        return norm;
    }

    /// <summary>Tensor by tensor, each by the rule of its dimensions; the padding behind one goes with it.</summary>
    private void Update<TRule>(Span<float> parameters, Span<float> state, in TRule rule, float factor)
        where TRule : struct, IUpdateRule<TRule>
    {
        TRule ofVectors = TRule.ForVectors(in rule);
        int start = 0;
        for (int i = 0; i < _trained.Length; i++)
        {
            int end = i + 1 < _trained.Length ? _trained[i + 1].Offset : network.TrainedLength;
            LanesPass.Run(
                new UpdatePass<TRule>(
                    ref MemoryMarshal.GetReference(parameters[start..]), ref MemoryMarshal.GetReference(TRule.StateCount == 0 ? state : state[start..]),
                    ref MemoryMarshal.GetReference(_sum.Span[start..]), network.TrainedLength, factor, _trained[i].Shape.Count == 1 ? ofVectors : rule),
                end - start);
            start = end;
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _sum.Dispose();
        _batch.Dispose();
    }
}
