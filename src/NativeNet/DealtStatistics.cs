using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet;

/// <summary>Sums over the batch that rows wait for: each process adds its rows, and everybody makes the same of the whole sums.</summary>
/// <remarks>Variances are sums that need the means, which are sums: each such round goes through all processes.</remarks>
internal sealed unsafe class DealtStatistics : DealtPhase
{
    /// <summary>How many turns at most: a process waits for one turn of each before it.</summary>
    private const int Turns = 8;

    private readonly ProcessTeam _team;
    private readonly SumTurn[][] _rounds;
    private readonly SumTurn[] _whole;
    private readonly SumLine _line;
    private SumTurn _current;
    private bool _isWhole;
    private int _count, _round;

    /// <summary>Deals out the sums.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="grain">The samples that stay together.</param>
    /// <param name="threads">The threads of a process.</param>
    /// <param name="count">Finds how many chains a part makes in a round.</param>
    public DealtStatistics(ProcessTeam team, int grain, int threads, Func<PhasePart, int, ChainRelay> count)
    {
        (_team, _line) = (team, new SumLine(team, grain));
        int parts = Turns * threads;
        var rounds = new List<SumTurn[]>();
        while (true)
        {
            (PhasePart Part, ChainRelay Relay)[] all = SumTurn.WithChains(
                Enumerable.Range(0, parts).Select(number => new PhasePart(0, number, parts)), part => count(part, rounds.Count));
            if (all.Length == 0)
                break;

            rounds.Add([.. all.Chunk(threads).Select(static turn => SumTurn.Of(turn))]);
        }

        _rounds = [.. rounds];
        _whole = [.. _rounds.Select(SumTurn.Of)];
        _current = _whole[0];
    }

    public override int ChainsLength => SumTurn.RoomOf(_whole);

    public override int PartCount => _current.Parts.Length;

    public override PhasePart Part(int number) => _current.Parts[number];

    public override SampleShare Samples(int number) => _line.Samples(_current.Relays[number], _isWhole);

    public override void Place(float* chains)
    {
        SumTurn.Place(_whole, chains);
        for (int round = 0; round < _rounds.Length; round++)
        {
            int before = 0;
            foreach (SumTurn turn in _rounds[round])
            {
                turn.Place(_whole[round].Chains + (before * RowSum.PartialSums), _whole[round].Sums + before);
                before += turn.SumCount;
            }
        }
    }

    public override void Begin(float* workspace, int count)
    {
        (_count, _round, _isWhole) = (count, 0, false);
        _line.Begin(_rounds[0], 0, count);
    }

    public override bool Next()
    {
        if (_isWhole && ++_round < _rounds.Length)
        {
            _isWhole = false;
            _line.Begin(_rounds[_round], _round, _count);
        }

        if (_isWhole)
            return false;

        if (_line.Next() is { } turn)
        {
            _current = turn;
            return true;
        }

        (_current, _isWhole) = (_whole[_round], true);
        _team.EndAll();
        _team.Broadcast(new Span<byte>(_current.Sums, _current.SumCount * sizeof(float)), from: _team.Count - 1);
        _current.Start(_round, from: ChainStop.Sums, to: ChainStop.Here);
        return true;
    }
}
