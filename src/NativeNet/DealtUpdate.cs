using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet;

/// <summary>Gradients of parameters and their updates, each parameter by the process that owns it.</summary>
/// <remarks>
/// Of some layers the values of all samples come to the owner, who sums them. Of others every process adds its rows to chains
/// that go from process to process, and the last one hands whole sums to the owner.
/// </remarks>
internal sealed unsafe class DealtUpdate : DealtPhase
{
    /// <summary>Turns that a layer has at least: a process waits for one turn of each before it.</summary>
    private const int Turns = 32;

    private readonly ProcessTeam _team;
    private readonly ValueExchange _exchange;
    private readonly PhasePart[] _values;
    private readonly SumTurn[] _turns;
    private readonly SumTurn _own;
    private readonly SumLine _line;
    private SumTurn? _current;
    private Stage _stage;
    private int _count;

    /// <summary>Deals out the layers.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="grain">The samples that stay together.</param>
    /// <param name="threads">The threads of a process.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="count">Finds how many chains a part makes.</param>
    public DealtUpdate(ProcessTeam team, int grain, int threads, TrainingPhase phase, Func<PhasePart, ChainRelay> count)
    {
        UpdateLayer[] layers = phase.Layers.ToArray();
        if (layers.Length == 0)
            throw new NotSupportedException("The network does not say what the updates of its layers read, so that processes could tell each other.");

        (_team, _line) = (team, new SumLine(team, grain));
        var values = new List<PhasePart>();
        var readers = new Dictionary<BatchValue, bool[]>();
        foreach ((int layer, int process, PhasePart share) in Shares(layers, team.Count, handOn: false))
        {
            if (process == team.Rank)
                values.AddRange(Cut(share, threads));
            foreach (BatchValue value in layers[layer].Reads)
            {
                if (!readers.TryGetValue(value, out bool[]? who))
                    readers[value] = who = new bool[team.Count];
                who[process] = true;
            }
        }

        _values = [.. values];
        _exchange = new ValueExchange(team, grain, [.. readers.Select(static reader => (reader.Key, reader.Value))]);
        var turns = new List<SumTurn>();
        foreach ((_, int process, PhasePart share) in Shares(layers, team.Count, handOn: true))
        {
            foreach (PhasePart stretch in Cut(share, Math.Max(1, Turns / share.Count)))
            {
                (PhasePart Part, ChainRelay Relay)[] parts = SumTurn.WithChains(Cut(stretch, threads), count);
                if (parts.Length > 0)
                    turns.Add(SumTurn.Of(parts, process));
            }
        }

        _turns = [.. turns];
        _own = SumTurn.Of(turns.Where(turn => turn.Owner == team.Rank));
    }

    private enum Stage
    {
        Sums,
        Values,
        Own,
    }

    public override IEnumerable<PhasePart> Owned => [.. _values, .. _own.Parts];

    public override int ChainsLength => SumTurn.RoomOf(_turns);

    public override int PartCount => _current?.Parts.Length ?? _values.Length;

    public override PhasePart Part(int number) => _current?.Parts[number] ?? _values[number];

    public override SampleShare Samples(int number)
        => _current is null ? new SampleShare((nuint)_count) : _line.Samples(_current.Relays[number], areWhole: _stage == Stage.Own);

    public override void Place(float* chains) => SumTurn.Place(_turns, chains);

    public override void Begin(float* workspace, int count)
    {
        (_count, _stage) = (count, Stage.Sums);
        _exchange.Begin(workspace, count);
        _line.Begin(_turns, 0, count);
    }

    public override bool Next()
    {
        if (_stage == Stage.Sums)
        {
            if ((_current = _line.Next()) is not null)
                return true;

            _stage = Stage.Values;
            _team.EndAll();
            if (_values.Length > 0)
                return true;
        }

        // The process with the last rows has updated what it owns with them.
        if (_stage == Stage.Values && _own.SumCount > 0 && _team.Rank < _team.Count - 1)
        {
            (_stage, _current) = (Stage.Own, _own);
            foreach (SumTurn turn in _turns)
            {
                if (turn.Owner == _team.Rank)
                    _team.BeginReceive(turn.Sums, turn.SumCount, _team.Count - 1);
            }

            _team.EndAll();
            _own.Start(0, from: ChainStop.Sums, to: ChainStop.Here);
            return true;
        }

        return false;
    }

    /// <summary>Which process updates what of the layers that hand their sums on, or of the others.</summary>
    private static IEnumerable<(int Layer, int Process, PhasePart Share)> Shares(UpdateLayer[] layers, int processes, bool handOn)
    {
        int[] own = [.. Enumerable.Range(0, layers.Length).Where(layer => layers[layer].HandsSumsOn == handOn)];
        var cut = new UpdateCut([.. own.Select(layer => layers[layer].Work)], processes);
        return from place in Enumerable.Range(0, own.Length)
               from process in Enumerable.Range(0, processes)
               from share in cut.Shares(place, process)
               select (own[place], process, share with { Layer = own[place] });
    }

    private static IEnumerable<PhasePart> Cut(PhasePart share, int parts)
        => Enumerable.Range(0, parts).Select(part => new PhasePart(share.Layer, (share.First * parts) + part, share.Count * parts));
}
