using NativeNet.Kernels;

namespace NativeNet;

/// <summary>What this process does of a network's training steps, and what it and the others tell each other between.</summary>
internal abstract unsafe class ProcessPlan
{
    /// <summary>The samples of a batch that a process does.</summary>
    /// <param name="process">The process.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="grain">The samples that stay together.</param>
    /// <param name="processes">How many processes there are.</param>
    public static (int First, int End) RowsOf(int process, int count, int grain, int processes)
    {
        long grains = (count + grain - 1) / grain;
        int first = (int)(grains * process / processes) * grain, end = (int)(grains * (process + 1) / processes) * grain;
        return (Math.Min(first, count), Math.Min(end, count));
    }

    /// <summary>The samples of a batch that this process does.</summary>
    /// <param name="count">The samples of the batch.</param>
    public abstract (int First, int End) Rows(int count);

    /// <summary>Begins a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract void Begin(int phase, float* workspace, int count);

    /// <summary>Hands on what the parts before have left, and gets what the next parts of the phase need.</summary>
    /// <returns>Whether there are more parts.</returns>
    public abstract bool Next();

    /// <summary>How many parts come now, which may run at once.</summary>
    public abstract int PartCount { get; }

    /// <summary>One of those parts.</summary>
    /// <param name="number">From 0 to PartCount − 1.</param>
    public abstract PhasePart Part(int number);

    /// <summary>The samples that it adds to sums over the batch.</summary>
    /// <param name="number">From 0 to PartCount − 1.</param>
    public abstract SampleShare Samples(int number);

    /// <summary>Brings losses, scores and parameters to every process.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract void Finish(float* workspace, float* parameters, int count);

    /// <summary>Brings the optimizer state, which lives where its parameters are updated, to every process.</summary>
    /// <param name="state">Stretches of the layout of trained parameters.</param>
    /// <param name="trainedLength">The floats of one.</param>
    public abstract void GatherState(Span<float> state, int trainedLength);

    /// <summary>Brings one stretch of the optimizer state to the first process.</summary>
    /// <param name="own">What this process has of it, (TrainedLength).</param>
    /// <param name="whole">(TrainedLength), overwritten in the first process.</param>
    public abstract void CollectState(ReadOnlySpan<float> own, Span<float> whole);

    /// <summary>Copies what this process needs of the optimizer state.</summary>
    /// <param name="state">Stretches of the layout of trained parameters.</param>
    /// <param name="own">As long, zeros.</param>
    /// <param name="trainedLength">The floats of a stretch.</param>
    public abstract void CopyOwnState(ReadOnlySpan<float> state, Span<float> own, int trainedLength);
}
