using NativeNet.Kernels;

namespace NativeNet;

/// <summary>Values of all samples of a batch, of which each process has those of its rows, on their way to those that read them.</summary>
/// <param name="team">The processes.</param>
/// <param name="grain">The samples that stay together.</param>
/// <param name="values">The values, and for each which processes read it.</param>
internal sealed unsafe class ValueExchange(ProcessTeam team, int grain, (BatchValue Value, bool[] Readers)[] values)
{
    /// <summary>Begins to send and to receive; what is received is there when the team has ended all.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="count">The samples of the batch.</param>
    public void Begin(float* workspace, int count)
    {
        foreach ((BatchValue value, bool[] readers) in values)
        {
            for (int process = 0; process < team.Count; process++)
            {
                if (process == team.Rank)
                    continue;

                if (readers[team.Rank] && LengthOf(value, process, count) is > 0 and int incoming)
                    team.BeginReceive(workspace + StartOf(value, process, count), incoming, process);
                if (readers[process] && LengthOf(value, team.Rank, count) is > 0 and int outgoing)
                    team.BeginSend(workspace + StartOf(value, team.Rank, count), outgoing, process);
            }
        }
    }

    private long StartOf(BatchValue value, int process, int count)
        => value.Offset + ((long)ProcessPlan.RowsOf(process, count, grain, team.Count).First * value.Stride);

    /// <summary>The floats of whole grains: of samples side by side a part has the room of all.</summary>
    private int LengthOf(BatchValue value, int process, int count)
    {
        (int first, int end) = ProcessPlan.RowsOf(process, count, grain, team.Count);
        return (end - first + grain - 1) / grain * grain * value.Stride;
    }
}
