using NativeNet.Storage;

namespace NativeNet.Benchmarks;

/// <summary>A full batch of arbitrary samples for a network, and room for their scores.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class Batch<TNetwork> : IDisposable
    where TNetwork : struct, INetwork<int>
{
    private readonly AlignedBuffer<float> _inputs = new(TNetwork.BatchSize * TNetwork.InputLength);
    private readonly AlignedBuffer<float> _scores = new(TNetwork.BatchSize * TNetwork.OutputLength);
    private readonly int[] _classes = new int[TNetwork.BatchSize];

    /// <summary>The same samples every time.</summary>
    public Batch()
    {
        var random = new Random(1);
        foreach (ref float value in _inputs.Span)
            value = random.NextSingle();
        foreach (ref int value in _classes.AsSpan())
            value = random.Next(TNetwork.OutputLength);
    }

    /// <summary>(BatchSize, InputLength), from 0 to 1.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.Span;

    /// <summary>(BatchSize).</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>(BatchSize, OutputLength).</summary>
    public Span<float> Scores => _scores.Span;

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _scores.Dispose();
    }
}
