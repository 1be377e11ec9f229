using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Processes;
using NativeNet.Storage;

namespace NativeNet;

/// <summary>What the processes of a team do of a network's training steps, and what they tell each other between.</summary>
/// <remarks>
/// Rows of the batch are dealt out in stretches, sums over the batch by channels, parameters in stretches of equal work, so
/// that a process needs what few layers are summed from. Before a phase each process gets the values that its share reads of
/// the others' rows; behind the last one it gets the parameters that others have updated.
/// </remarks>
internal sealed unsafe class ProcessPlan
{
    /// <summary>A NaN that no arithmetic makes of zeros.</summary>
    private const uint Mark = 0x7FC5_A3C9;

    private readonly ProcessTeam _team;
    private readonly TrainingPhase[] _phases;
    private readonly PhasePart[][] _parts;
    private readonly Transfer[][] _transfers;
    private readonly FloatRuns[][] _sums;
    private readonly Transfer[] _results;
    private readonly int _grain;
    private FloatRuns[] _parameters = [];

    private ProcessPlan(ProcessTeam team, ReadOnlySpan<TrainingPhase> phases, int threads)
    {
        _team = team;
        _phases = phases.ToArray();
        _grain = _phases.First(static phase => phase.Kind == PhaseKind.Rows).Grain;
        _results = [.. Everybody(_phases.Where(static phase => phase.Kind == PhaseKind.Rows).SelectMany(static phase => phase.Values.ToArray()))];
        (_parts, _transfers, _sums) = ([.. _phases.Select(static _ => (PhasePart[])[])], [.. _phases.Select(static _ => (Transfer[])[])], [.. _phases.Select(static _ => (FloatRuns[])[])]);
        for (int i = 0; i < _phases.Length; i++)
        {
            if (_phases[i].Kind == PhaseKind.Statistics)
                PlanStatistics(i, threads);
            else if (_phases[i].Kind == PhaseKind.Update)
                PlanUpdate(i, threads);
        }
    }

    /// <summary>Plans the steps of a network; every process must at once.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="network">The network.</param>
    /// <param name="threads">The threads of this process.</param>
    /// <param name="pass">Memory of a step, of which the lengths and one sample matter.</param>
    /// <param name="parametersLength">The floats of the parameters.</param>
    /// <param name="workspaceLength">The floats of the workspace.</param>
    public static ProcessPlan Create<TPhases, TTarget>(
        ProcessTeam team, TPhases network, int threads, in TrainingPass<TTarget> pass, int parametersLength, int workspaceLength)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        team.RequireSame("vectors of different widths, which cut work at different places", bits);
        team.RequireSame("different networks", parametersLength, workspaceLength, network.Phases.Length);
        var plan = new ProcessPlan(team, network.Phases, threads);
        FloatRuns own = plan.Try(network, pass, parametersLength, workspaceLength);
        plan._parameters = [.. team.Gather(own.Bounds).Select(static bounds => new FloatRuns(bounds))];
        return plan;
    }

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

    /// <inheritdoc cref="RowsOf"/>
    public (int First, int End) Rows(int count) => RowsOf(_team.Rank, count, _grain, _team.Count);

    /// <summary>How many parts of a phase this process does.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="threads">The threads of this process.</param>
    public int CountParts(int phase, int count, int threads)
    {
        if (_phases[phase].Kind != PhaseKind.Rows)
            return _parts[phase].Length;

        (int first, int end) = Rows(count);
        return first == end ? 0 : _phases[phase].CountParts(end - first, threads);
    }

    /// <summary>One of those parts.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="number">From 0 to CountParts − 1.</param>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="threads">The threads of this process.</param>
    public PhasePart Part(int phase, int number, int count, int threads)
    {
        if (_phases[phase].Kind != PhaseKind.Rows)
            return _parts[phase][number];

        (int first, int end) = Rows(count);
        PhasePart part = _phases[phase].Part(number, end - first, threads);
        return part with { First = part.First + first };
    }

    /// <summary>Gets what this process's share of a phase reads of the others' rows, and gives them theirs.</summary>
    /// <param name="phase">The phase that comes.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="count">The samples of the batch.</param>
    public void Before(int phase, float* workspace, int count) => Exchange(_transfers[phase], workspace, count);

    /// <summary>Brings together what the processes have summed in a phase.</summary>
    /// <param name="phase">The phase that is done.</param>
    /// <param name="workspace">The workspace.</param>
    public void After(int phase, float* workspace)
    {
        if (_sums[phase].Length > 0)
            _team.Gather(workspace, _sums[phase]);
    }

    /// <summary>Brings losses, scores and parameters to every process.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="count">The samples of the batch.</param>
    public void Finish(float* workspace, float* parameters, int count)
    {
        Exchange(_results, workspace, count);
        _team.Gather(parameters, _parameters);
    }

    /// <summary>Brings the optimizer state, which lives where its parameters are updated, to every process.</summary>
    /// <param name="state">Stretches of the parameters' layout.</param>
    /// <param name="parametersLength">The floats of one.</param>
    public void GatherState(Span<float> state, int parametersLength)
    {
        fixed (float* first = state)
        {
            for (int part = 0; part < state.Length; part += parametersLength)
                _team.Gather(first + part, _parameters);
        }
    }

    private void PlanStatistics(int phase, int threads)
    {
        int processes = _team.Count;
        ChannelSums sums = _phases[phase].Sums;
        _transfers[phase] = [.. Everybody(_phases[phase].Values.ToArray())];
        _parts[phase] = [.. Enumerable.Range(0, threads).Select(thread => new PhasePart(0, (_team.Rank * threads) + thread, processes * threads))];
        _sums[phase] = [.. Enumerable.Range(0, processes).Select(process =>
        {
            // The last share clears the padding behind the channels.
            WorkRange share = WorkRange.Of(sums.Stretch, ChannelSums.Grain, process, processes);
            return FloatRuns.Of(sums.Offset, ChannelSums.Stretches, sums.Stretch, (int)share.Start, (int)share.End);
        })];
    }

    private void PlanUpdate(int phase, int threads)
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
                    own.AddRange(shares.SelectMany(share => Enumerable.Range(0, threads).Select(thread => new PhasePart(share.Layer, (share.First * threads) + thread, share.Count * threads))));
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
    private FloatRuns Try<TPhases, TTarget>(TPhases network, in TrainingPass<TTarget> pass, int parametersLength, int workspaceLength)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
    {
        using var gradients = new AlignedBuffer<float>(parametersLength);
        using var workspace = new AlignedBuffer<float>(workspaceLength);
        gradients.Span.Fill(BitConverter.UInt32BitsToSingle(Mark));
        var trial = new TrainingPass<TTarget>(
            gradients.Span, default, MemoryMarshal.CreateReadOnlySpan(ref pass.Inputs, 1), pass.Targets, workspace.Span, count: 1);
        for (int phase = 0; phase < _phases.Length; phase++)
        {
            if (_phases[phase].Kind != PhaseKind.Update)
                continue;

            foreach (PhasePart part in _parts[phase])
                network.RunPhase(phase, trial, default(StoreGradient), part, ref workspace.Span[network.ScratchOffset]);
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
