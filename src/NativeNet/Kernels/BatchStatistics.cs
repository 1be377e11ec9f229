using System.Runtime.CompilerServices;

namespace NativeNet.Kernels;

/// <summary>What a batch normalization knows of a batch: stretches of one number a channel, side by side in the workspace.</summary>
internal readonly ref struct BatchStatistics
{
    private readonly ref float _first;
    private readonly nuint _stretch;

    /// <summary>Finds the stretches.</summary>
    /// <param name="first">The start of the layer's buffer.</param>
    /// <param name="channels">The channels; a stretch has room for the next multiple of 16.</param>
    public BatchStatistics(ref float first, int channels)
    {
        _first = ref first;
        _stretch = ((nuint)channels + 15) / 16 * 16;
    }

    /// <summary>The means.</summary>
    public ref float Mean => ref _first;

    /// <summary>One over the deviations.</summary>
    public ref float Inverse => ref Unsafe.Add(ref _first, _stretch);

    /// <summary>The variances as estimates of all samples'.</summary>
    public ref float Estimate => ref Unsafe.Add(ref _first, 2 * _stretch);

    /// <summary>The gradients of the weights, Σ ∂y · x̂; 0 behind the last channel.</summary>
    public ref float WeightGradient => ref Unsafe.Add(ref _first, 3 * _stretch);

    /// <summary>The gradients of the biases, Σ ∂y; 0 behind the last channel.</summary>
    public ref float BiasGradient => ref Unsafe.Add(ref _first, 4 * _stretch);
}
