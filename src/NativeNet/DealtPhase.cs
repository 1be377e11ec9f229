using NativeNet.Kernels;

namespace NativeNet;

/// <summary>What a process does of one phase of a training step: parts that may run at once, and behind them other parts.</summary>
internal abstract unsafe class DealtPhase
{
    /// <summary>The updates that are this process's alone.</summary>
    public virtual IEnumerable<PhasePart> Owned => [];

    /// <summary>The floats of chains that it needs room for.</summary>
    public virtual int ChainsLength => 0;

    /// <summary>How many parts come now.</summary>
    public abstract int PartCount { get; }

    /// <summary>One of them.</summary>
    /// <param name="number">From 0 to PartCount − 1.</param>
    public abstract PhasePart Part(int number);

    /// <summary>The samples that it adds to sums over the batch.</summary>
    /// <param name="number">From 0 to PartCount − 1.</param>
    public virtual SampleShare Samples(int number) => default;

    /// <summary>Gives chains their room.</summary>
    /// <param name="chains">(ChainsLength).</param>
    public virtual void Place(float* chains)
    {
    }

    /// <summary>Begins the phase.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract void Begin(float* workspace, int count);

    /// <summary>Hands on what the parts before have left, and gets what the next need.</summary>
    /// <returns>Whether there are more parts.</returns>
    public abstract bool Next();
}
