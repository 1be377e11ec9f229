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

    /// <summary>How many parts of a phase this process does.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract int CountParts(int phase, int count);

    /// <summary>One of those parts.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="number">From 0 to CountParts − 1.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract PhasePart Part(int phase, int number, int count);

    /// <summary>Gets what this process's share of a phase reads of the others' rows, and gives them theirs.</summary>
    /// <param name="phase">The phase that comes.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract void Before(int phase, float* workspace, int count);

    /// <summary>Brings together what the processes have summed in a phase.</summary>
    /// <param name="phase">The phase that is done.</param>
    /// <param name="workspace">The workspace.</param>
    public abstract void After(int phase, float* workspace);

    /// <summary>Brings losses, scores and parameters to every process.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="count">The samples of the batch.</param>
    public abstract void Finish(float* workspace, float* parameters, int count);

    /// <summary>Brings the optimizer state, which lives where its parameters are updated, to every process.</summary>
    /// <param name="state">Stretches of the layout of trained parameters.</param>
    /// <param name="trainedLength">The floats of one.</param>
    public abstract void GatherState(Span<float> state, int trainedLength);
}
