using System.Runtime.Intrinsics;
using NativeNet.Kernels;
using NativeNet.Processes;
using NativeNet.Storage;

namespace NativeNet;

/// <summary>What the processes of a team do of a network's training steps, and what they tell each other between.</summary>
/// <remarks>
/// Rows of the batch are dealt out in stretches, sums over the batch by channels, parameters in stretches of equal work, so
/// that a process needs what few layers are summed from. Before a phase each process gets the values that its share reads of
/// the others' rows; behind the last one it gets the parameters that others have updated.
/// </remarks>
internal sealed unsafe class DealtPlan : ProcessPlan
{
    /// <summary>A NaN that no arithmetic makes of zeros.</summary>
    private const uint Mark = 0x7FC5_A3C9;

    private readonly ProcessTeam _team;
    private readonly TrainingPhase[] _phases;
    private readonly PhasePart[][] _parts;
    private readonly Transfer[][] _transfers;
    private readonly FloatRuns[][] _sums;
    private readonly Transfer[] _results;
    private readonly FloatRuns[] _parameters;
    private readonly int _grain, _threads;

    /// <summary>Plans the steps of a network; every process must at once.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="phases">The phases of a step.</param>
    /// <param name="threads">The threads of this process.</param>
    /// <param name="trial">Runs parts of an update.</param>
    public DealtPlan(ProcessTeam team, ReadOnlySpan<TrainingPhase> phases, int threads, in UpdateTrial trial)
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        team.RequireSame("vectors of different widths, which cut work at different places", bits);
        team.RequireSame("different networks", trial.ParametersLength, trial.WorkspaceLength, phases.Length);
        (_team, _threads) = (team, threads);
        _phases = phases.ToArray();
        _grain = _phases.First(static phase => phase.Kind == PhaseKind.Rows).Grain;
        _results = [.. Everybody(_phases.Where(static phase => phase.Kind == PhaseKind.Rows).SelectMany(static phase => phase.Values.ToArray()))];
        (_parts, _transfers, _sums) = ([.. _phases.Select(static _ => (PhasePart[])[])], [.. _phases.Select(static _ => (Transfer[])[])], [.. _phases.Select(static _ => (FloatRuns[])[])]);
        for (int i = 0; i < _phases.Length; i++)
        {
            if (_phases[i].Kind == PhaseKind.Statistics)
                PlanStatistics(i);
            else if (_phases[i].Kind == PhaseKind.Update)
                PlanUpdate(i);
        }

        _parameters = [.. team.Gather(Try(trial).Bounds).Select(static bounds => new FloatRuns(bounds))];
    }

    public override (int First, int End) Rows(int count) => RowsOf(_team.Rank, count, _grain, _team.Count);

    public override int CountParts(int phase, int count)
    {
        if (_phases[phase].Kind != PhaseKind.Rows)
            return _parts[phase].Length;

        (int first, int end) = Rows(count);
        return first == end ? 0 : _phases[phase].CountParts(end - first, _threads);
    }

    public override PhasePart Part(int phase, int number, int count)
    {
        if (_phases[phase].Kind != PhaseKind.Rows)
            return _parts[phase][number];

        (int first, int end) = Rows(count);
        PhasePart part = _phases[phase].Part(number, end - first, _threads);
        return part with { First = part.First + first };
    }

    public override void Before(int phase, float* workspace, int count) => Exchange(_transfers[phase], workspace, count);

    public override void After(int phase, float* workspace)
    {
        if (_sums[phase].Length > 0)
            _team.Gather(workspace, _sums[phase]);
    }

    public override void Finish(float* workspace, float* parameters, int count)
    {
        Exchange(_results, workspace, count);
        _team.Gather(parameters, _parameters);
    }

    public override void GatherState(Span<float> state, int trainedLength)
    {
        fixed (float* first = state)
        {
            for (int part = 0; part < state.Length; part += trainedLength)
                _team.Gather(first + part, _parameters);
        }
    }

    private void PlanStatistics(int phase)
    {
        int processes = _team.Count;
        ChannelSums sums = _phases[phase].Sums;
        _transfers[phase] = [.. Everybody(_phases[phase].Values.ToArray())];
        _parts[phase] = [.. Enumerable.Range(0, _threads).Select(thread => new PhasePart(0, (_team.Rank * _threads) + thread, processes * _threads))];
        _sums[phase] = [.. Enumerable.Range(0, processes).Select(process =>
        {
            // The last share clears the padding behind the channels.
            WorkRange share = WorkRange.Of(sums.Stretch, ChannelSums.Grain, process, processes);
            return FloatRuns.Of(sums.Offset, ChannelSums.Stretches, sums.Stretch, (int)share.Start, (int)share.End);
        })];
    }

    private void PlanUpdate(int phase)
    {
        UpdateLayer[] layers = _phases[phase].Layers.ToArray();
        if (layers.Length == 0)
            throw new NotSupportedException("The network does not say what the updates of its layers read, so that processes could tell each other.");

        var cut = new UpdateCut([.. layers.Select(static layer => layer.Work)], _team.Count);
        var own = new List<PhasePart>();
        var readers = new Dictionary<BatchValue, bool[]>();
        for (int layer = 0; layer < layers.Length; layer++)
        {
            for (int process = 0; process < _team.Count; process++)
            {
                PhasePart[] shares = [.. cut.Shares(layer, process)];
                if (process == _team.Rank)
                    own.AddRange(shares.SelectMany(share => Enumerable.Range(0, _threads).Select(thread => new PhasePart(share.Layer, (share.First * _threads) + thread, share.Count * _threads))));
                if (shares.Length == 0)
                    continue;

                foreach (BatchValue value in layers[layer].Reads)
                {
                    if (!readers.TryGetValue(value, out bool[]? who))
                        readers[value] = who = new bool[_team.Count];
                    who[process] = true;
                }
            }
        }

        _parts[phase] = [.. own];
        _transfers[phase] = [.. readers.Select(static reader => new Transfer(reader.Key, reader.Value))];
    }

    /// <summary>
    /// The parameters that this process updates: the very code that does it, on a batch of one sample of zeros, with a rule that
    /// stores gradients, leaves no mark on them.
    /// </summary>
    private FloatRuns Try(in UpdateTrial trial)
    {
        using var gradients = new AlignedBuffer<float>(trial.ParametersLength);
        using var workspace = new AlignedBuffer<float>(trial.WorkspaceLength);
        gradients.Span.Fill(BitConverter.UInt32BitsToSingle(Mark));
        for (int phase = 0; phase < _phases.Length; phase++)
        {
            foreach (PhasePart part in _phases[phase].Kind == PhaseKind.Update ? _parts[phase] : [])
                trial.Run(phase, part, gradients.Span, workspace.Span);
        }

        return FloatRuns.Written(gradients.Span, Mark);
    }

    private IEnumerable<Transfer> Everybody(IEnumerable<BatchValue> values)
    {
        bool[] all = new bool[_team.Count];
        all.AsSpan().Fill(true);
        return values.Distinct().Select(value => new Transfer(value, all));
    }

    private void Exchange(Transfer[] transfers, float* workspace, int count)
    {
        foreach (Transfer transfer in transfers)
        {
            for (int process = 0; process < _team.Count; process++)
            {
                if (process == _team.Rank)
                    continue;

                if (transfer.Readers[_team.Rank] && LengthOf(transfer.Value, process, count) is > 0 and int incoming)
                    _team.BeginReceive(workspace + StartOf(transfer.Value, process, count), incoming, process);
                if (transfer.Readers[process] && LengthOf(transfer.Value, _team.Rank, count) is > 0 and int outgoing)
                    _team.BeginSend(workspace + StartOf(transfer.Value, _team.Rank, count), outgoing, process);
            }
        }

        _team.EndAll();
    }

    private long StartOf(BatchValue value, int process, int count)
        => value.Offset + ((long)RowsOf(process, count, _grain, _team.Count).First * value.Stride);

    /// <summary>The floats of whole grains: of samples side by side a part has the room of all.</summary>
    private int LengthOf(BatchValue value, int process, int count)
    {
        (int first, int end) = RowsOf(process, count, _grain, _team.Count);
        return (end - first + _grain - 1) / _grain * _grain * value.Stride;
    }

    /// <summary>A value of all samples, each of which one process has, and the processes that read it.</summary>
    private readonly record struct Transfer(BatchValue Value, bool[] Readers);
}
