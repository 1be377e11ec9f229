using NativeNet.Kernels;

namespace NativeNet;

/// <summary>The way of chains of sums through the processes, in the order of their rows.</summary>
/// <remarks>
/// The process with the first rows begins the chains of one turn after the other and hands each on to the next, which follows
/// a turn later. The last process has the last rows, and hands whole sums to who needs them. So no process waits for more
/// than one turn of each before it, and a chain adds its samples in the order that it has in one process.
/// </remarks>
/// <param name="team">The processes.</param>
/// <param name="grain">The samples that stay together.</param>
internal sealed class SumLine(ProcessTeam team, int grain)
{
    private SumTurn[] _turns = [];
    private int[] _requests = [];
    private int _round, _turn, _before, _behind, _count;
    private (int First, int End) _rows;

    /// <summary>Begins to receive chains.</summary>
    /// <param name="turns">The turns, the same in every process.</param>
    /// <param name="round">How many sums they depend on.</param>
    /// <param name="count">The samples of the batch.</param>
    public unsafe void Begin(SumTurn[] turns, int round, int count)
    {
        (_turns, _round, _turn, _count) = (turns, round, -1, count);
        _rows = RowsOf(team.Rank);
        (_before, _behind) = (team.Rank - 1, team.Rank + 1);
        while (_before >= 0 && IsEmpty(_before))
            _before--;
        while (_behind < team.Count && IsEmpty(_behind))
            _behind++;
        if (_requests.Length < turns.Length)
            _requests = new int[turns.Length];
        for (int turn = 0; turn < turns.Length && _before >= 0 && !IsEmpty(team.Rank); turn++)
            _requests[turn] = team.BeginReceive(turns[turn].Chains, turns[turn].ChainCount, _before);

        (int First, int End) RowsOf(int process) => ProcessPlan.RowsOf(process, count, grain, team.Count);

        bool IsEmpty(int process) => RowsOf(process) is var rows && rows.First == rows.End;
    }

    /// <summary>What this process adds to chains: its rows, or nothing to whole sums.</summary>
    /// <param name="relay">The chains.</param>
    /// <param name="areWhole">Whether they are whole.</param>
    public SampleShare Samples(ChainRelay relay, bool areWhole)
    {
        (int first, int end) = areWhole ? (_count, _count) : _rows;
        return new SampleShare((nuint)first, (nuint)end, (nuint)_count, relay);
    }

    /// <summary>Hands on the chains of the turn before, and waits for those of the next.</summary>
    /// <returns>The turn, ready to run; null behind the last, and where this process has no rows.</returns>
    public SumTurn? Next()
    {
        if (_rows.First == _rows.End)
            return null;

        if (_turn >= 0)
            HandOn(_turns[_turn]);
        if (++_turn == _turns.Length)
            return null;

        SumTurn turn = _turns[_turn];
        if (_before >= 0)
            team.End(_requests[_turn]);
        turn.Start(
            _round,
            from: _before < 0 ? ChainStop.Here : ChainStop.Samples,
            to: _behind < team.Count ? ChainStop.Samples : turn.Owner == team.Rank ? ChainStop.Here : ChainStop.Sums);
        return turn;
    }

    private unsafe void HandOn(SumTurn turn)
    {
        if (_behind < team.Count)
            team.BeginSend(turn.Chains, turn.ChainCount, _behind);
        else if (turn.Owner >= 0 && turn.Owner != team.Rank)
            team.BeginSend(turn.Sums, turn.SumCount, turn.Owner);
        team.Progress();
    }
}
