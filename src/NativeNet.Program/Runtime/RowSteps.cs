using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime;

/// <summary>Steps over the rows of a batch: calls on all samples at hand, and loops over their blocks.</summary>
/// <param name="steps">The steps in order; a loop has several calls.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class RowSteps(RowSteps.RowStep[] steps, int block)
{
    /// <summary>Does the steps for the samples at hand; they may begin and end in the middle of a block.</summary>
    /// <param name="memory">The memory of the call.</param>
    public void Run(in RunMemory memory)
    {
        foreach (RowStep step in steps)
        {
            if (step.IsLoop)
                RunBlocks(step.Calls, memory);
            else
                step.Calls[0](memory);
        }
    }

    private void RunBlocks(RowsCall[] calls, in RunMemory memory)
    {
        nuint end = memory.Sample + memory.Count, count;
        for (nuint sample = memory.Sample; sample < end; sample += count)
        {
            count = nuint.Min((nuint)block - (sample % (nuint)block), end - sample);
            RunMemory at = memory.At(sample, count);
            foreach (RowsCall call in calls)
                call(at);
        }
    }

    /// <summary>A step.</summary>
    /// <param name="IsLoop">Whether its calls are done block by block.</param>
    /// <param name="Calls">The calls; one where there is no loop.</param>
    internal readonly record struct RowStep(bool IsLoop, RowsCall[] Calls);
}
