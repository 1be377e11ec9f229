using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet;

/// <summary>What the processes of a team do of a network's training steps, and what they tell each other between.</summary>
/// <remarks>
/// Rows of the batch are dealt out in stretches, parameters in stretches of equal work. Sums over the batch go through the
/// processes as chains, or a process gets the values of all rows that its parameters' gradients are summed from, whatever is
/// less. Behind the last phase each process gets the parameters that others have updated.
/// </remarks>
internal sealed unsafe class DealtPlan : ProcessPlan
{
    private readonly ProcessTeam _team;
    private readonly DealtPhase[] _phases;
    private readonly ValueExchange _results;
    private readonly FloatRuns[] _parameters;
    private readonly float[] _chains;
    private readonly int _grain;
    private DealtPhase _current;

    /// <summary>Plans the steps of a network; every process must at once.</summary>
    /// <param name="team">The processes.</param>
    /// <param name="phases">The phases of a step.</param>
    /// <param name="threads">The threads of this process.</param>
    /// <param name="trial">Runs parts of the phases.</param>
    public DealtPlan(ProcessTeam team, ReadOnlySpan<TrainingPhase> phases, int threads, PhaseTrial trial)
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        team.RequireSame("vectors of different widths, which cut work at different places", bits);
        team.RequireSame("different networks", [.. trial.Lengths, phases.Length]);
        TrainingPhase[] all = phases.ToArray(), rows = [.. all.Where(static phase => phase.Kind == PhaseKind.Rows)];
        (_team, _grain) = (team, rows[0].Grain);

        // Chains that are handed on are cut alike in every process, however many threads make them.
        int most = team.Gather([threads]).Max(static own => own[0]);
        _phases = [.. all.Select((phase, number) => (DealtPhase)(phase.Kind switch
        {
            PhaseKind.Rows => new DealtRows(team, phase, threads),
            PhaseKind.Statistics => new DealtStatistics(team, _grain, most, (part, round) => trial.CountChains(number, part, round)),
            _ => new DealtUpdate(team, _grain, most, phase, part => trial.CountChains(number, part, round: 0)),
        }))];
        _current = _phases[0];
        _chains = GC.AllocateArray<float>(_phases.Max(static phase => phase.ChainsLength), pinned: true);
        foreach (DealtPhase phase in _phases)
            phase.Place((float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_chains)));

        bool[] everybody = [.. Enumerable.Repeat(true, team.Count)];
        _results = new ValueExchange(team, _grain, [.. rows.SelectMany(static phase => phase.Values.ToArray()).Select(value => (value, everybody))]);
        FloatRuns own = trial.FindUpdated(_phases.SelectMany(static (phase, number) => phase.Owned.Select(part => (number, part))));
        _parameters = [.. team.Gather(own.Bounds).Select(static bounds => new FloatRuns(bounds))];
    }

    public override int PartCount => _current.PartCount;

    public override (int First, int End) Rows(int count) => RowsOf(_team.Rank, count, _grain, _team.Count);

    public override void Begin(int phase, float* workspace, int count)
    {
        _current = _phases[phase];
        _current.Begin(workspace, count);
    }

    public override bool Next() => _current.Next();

    public override PhasePart Part(int number) => _current.Part(number);

    public override SampleShare Samples(int number) => _current.Samples(number);

    public override void Finish(float* workspace, float* parameters, int count)
    {
        _results.Begin(workspace, count);
        _team.Gather(parameters, _parameters);
        _team.EndAll();
    }

    public override void GatherState(Span<float> state, int trainedLength)
    {
        fixed (float* first = state)
        {
            for (int part = 0; part < state.Length; part += trainedLength)
                _team.Gather(first + part, _parameters);
        }
    }

    public override void CollectState(ReadOnlySpan<float> own, Span<float> whole)
    {
        fixed (float* mine = own, all = whole)
        {
            for (int process = 1; process < _team.Count; process++)
            {
                FloatRuns runs = _parameters[process];
                for (int run = 0; run < runs.Count; run++)
                {
                    if (_team.IsFirst)
                        _team.BeginReceive(all + runs.Start(run), runs.Length(run), process);
                    else if (process == _team.Rank)
                        _team.BeginSend(mine + runs.Start(run), runs.Length(run), to: 0);
                }
            }

            _team.EndAll();
        }

        if (_team.IsFirst)
            _parameters[0].Copy(own, whole);
    }

    public override void CopyOwnState(ReadOnlySpan<float> state, Span<float> own, int trainedLength)
    {
        for (int part = 0; part < state.Length; part += trainedLength)
            _parameters[_team.Rank].Copy(state.Slice(part, trainedLength), own.Slice(part, trainedLength));
    }
}
