using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Training.Monitoring;

/// <summary>Gathers what one layer does over the batches of an epoch, from the training workspace.</summary>
internal sealed class LayerWatch
{
    private const uint Magnitude = 0x7FFF_FFFF;

    private readonly LayerBuffers _buffers;
    private readonly TensorSlot _weights;
    private readonly uint[] _seen;
    private double _gradients;
    private long _samples;

    /// <summary>Creates a watch.</summary>
    /// <param name="buffers">Where the layer's values lie in the workspace.</param>
    /// <param name="weights">Where its weights lie among the parameters.</param>
    public LayerWatch(LayerBuffers buffers, TensorSlot weights)
    {
        _buffers = buffers;
        _weights = weights;
        _seen = new uint[buffers.Units];
    }

    /// <summary>The layer's position in the network's file.</summary>
    public int Index => _buffers.Index;

    /// <summary>Whether the layer's activation is relu.</summary>
    public bool IsRelu => _buffers.IsRelu;

    /// <summary>The mean magnitude of the gradients so far, of a sample's loss with respect to a sum; NaN where steps leave none.</summary>
    public double Gradients => _buffers.Gradients < 0 ? double.NaN : _gradients / ((double)_samples * _buffers.Units);

    /// <summary>The share of units whose output was 0 for all samples so far; 0 before the first, NaN where steps leave no outputs.</summary>
    public double DeadShare => _buffers.Outputs < 0 ? double.NaN : _samples == 0 ? 0 : (double)_seen.AsSpan().Count(0u) / _seen.Length;

    /// <summary>Forgets the samples so far.</summary>
    public void Reset()
    {
        _seen.AsSpan().Clear();
        _gradients = 0;
        _samples = 0;
    }

    /// <summary>Takes in a batch.</summary>
    /// <param name="workspace">The training workspace after the step.</param>
    /// <param name="rows">The samples whose values it holds.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="sharers">The processes that have the others; null where there are none.</param>
    public void Add(ReadOnlySpan<float> workspace, (int First, int End) rows, int count, ProcessTeam? sharers)
    {
        if (_buffers.Outputs >= 0)
            See(workspace, rows);
        if (_buffers.Gradients >= 0)
        {
            double sum = Magnitudes(workspace, rows, sharers?.ReceiveSum() ?? 0);
            sharers?.SendSum(sum);

            // A batch's loss is the mean over its samples: its gradients are those of the samples' losses over count.
            _gradients += sum * count;
        }

        _samples += count;
    }

    /// <summary>Brings what the processes have seen to all of them: the last one has the sums.</summary>
    /// <param name="processes">The processes.</param>
    public void Share(ProcessTeam processes)
    {
        processes.Combine(_seen);
        processes.Broadcast(MemoryMarshal.AsBytes(new Span<double>(ref _gradients)), processes.Count - 1);
    }

    /// <summary>Whether every output of some samples is finite, as far as a step leaves outputs.</summary>
    /// <param name="workspace">The training workspace after the step.</param>
    /// <param name="rows">The samples whose values it holds.</param>
    public bool IsFinite(ReadOnlySpan<float> workspace, (int First, int End) rows)
    {
        if (_buffers.Outputs < 0)
            return true;

        for (int b = rows.First; b < rows.End; b += _buffers.Block)
        {
            int samples = Math.Min(_buffers.Block, rows.End - b);
            for (int unit = 0; unit < _buffers.Units; unit++)
            {
                foreach (float output in Lanes(workspace, _buffers.Outputs, b, unit, samples))
                {
                    if (!float.IsFinite(output))
                        return false;
                }
            }
        }

        return true;
    }

    /// <summary>The mean |w| of the layer's weights; not finite where one of them is not.</summary>
    /// <param name="parameters">The parameter buffer.</param>
    public double MeanWeight(ReadOnlySpan<float> parameters)
        => ChunkedSum.Of<MagnitudeTerm>(Weights(parameters)) / WeightCount;

    /// <summary>The mean |w − w before| of the layer's weights.</summary>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="before">The parameter buffer as it was.</param>
    public double MeanUpdate(ReadOnlySpan<float> parameters, ReadOnlySpan<float> before)
        => ChunkedSum.Of<DistanceTerm>(Weights(parameters), Weights(before)) / WeightCount;

    private double WeightCount => _weights.Count;

    /// <summary>The weights with their padding, which is 0 and adds nothing to any mean.</summary>
    private ReadOnlySpan<float> Weights(ReadOnlySpan<float> parameters)
        => parameters.Slice(_weights.Offset, _weights.Matrix.Length);

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> workspace, int offset, int sample)
        => workspace.Slice(offset + (sample * _buffers.Stride), _buffers.Units);

    /// <summary>One output of the samples of a block.</summary>
    private ReadOnlySpan<float> Lanes(ReadOnlySpan<float> workspace, int offset, int sample, int unit, int samples)
        => workspace.Slice(offset + (sample * _buffers.Stride) + (unit * _buffers.Block), samples);

    /// <summary>Collects the bits of every unit's outputs, signs aside: a unit that was always 0 has none.</summary>
    private void See(ReadOnlySpan<float> workspace, (int First, int End) rows)
    {
        if (_buffers.Block == 1)
        {
            See(MemoryMarshal.Cast<float, uint>(workspace[(_buffers.Outputs + (rows.First * _buffers.Stride))..]), rows.End - rows.First);
            return;
        }

        for (int b = rows.First; b < rows.End; b += _buffers.Block)
        {
            for (int unit = 0; unit < _buffers.Units; unit++)
            {
                foreach (uint bits in MemoryMarshal.Cast<float, uint>(Lanes(workspace, _buffers.Outputs, b, unit, Math.Min(_buffers.Block, rows.End - b))))
                    _seen[unit] |= bits & Magnitude;
            }
        }
    }

    /// <summary>The sum of the magnitudes of all gradients of a batch, continued with those of some samples.</summary>
    private double Magnitudes(ReadOnlySpan<float> workspace, (int First, int End) rows, double sum)
    {
        for (int b = rows.First; b < rows.End; b += _buffers.Block)
        {
            if (_buffers.Block == 1)
            {
                sum += ChunkedSum.Of<MagnitudeTerm>(Row(workspace, _buffers.Gradients, b));
                continue;
            }

            for (int unit = 0; unit < _buffers.Units; unit++)
                sum += ChunkedSum.Of<MagnitudeTerm>(Lanes(workspace, _buffers.Gradients, b, unit, Math.Min(_buffers.Block, rows.End - b)));
        }

        return sum;
    }

    /// <summary>The same of rows: a few units at a time, down all of them, so that what is collected stays in a register.</summary>
    private void See(ReadOnlySpan<uint> outputs, int count)
    {
        Span<uint> seen = _seen;
        int unit = 0;
        for (; unit + Vector128<uint>.Count <= seen.Length; unit += Vector128<uint>.Count)
        {
            Vector128<uint> collected = Vector128<uint>.Zero;
            for (int row = 0; row < count; row++)
                collected |= Vector128.Create(outputs[((row * _buffers.Stride) + unit)..]);
            (Vector128.Create<uint>(seen[unit..]) | (collected & Vector128.Create(Magnitude))).CopyTo(seen[unit..]);
        }

        for (; unit < seen.Length; unit++)
        {
            for (int row = 0; row < count; row++)
                seen[unit] |= outputs[(row * _buffers.Stride) + unit] & Magnitude;
        }
    }
}
