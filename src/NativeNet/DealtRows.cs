using NativeNet.Kernels;

namespace NativeNet;

/// <summary>A stretch of the rows of a batch.</summary>
/// <param name="team">The processes.</param>
/// <param name="phase">The phase.</param>
/// <param name="threads">The threads of this process.</param>
internal sealed unsafe class DealtRows(ProcessTeam team, TrainingPhase phase, int threads) : DealtPhase
{
    private int _first, _count;
    private bool _isDone;

    public override int PartCount => _count == 0 ? 0 : phase.CountParts(_count, threads);

    public override PhasePart Part(int number)
    {
        PhasePart part = phase.Part(number, _count, threads);
        return part with { First = part.First + _first };
    }

    public override void Begin(float* workspace, int count)
    {
        (_first, int end) = ProcessPlan.RowsOf(team.Rank, count, phase.Grain, team.Count);
        (_count, _isDone) = (end - _first, false);
    }

    public override bool Next() => !_isDone && (_isDone = true);
}
