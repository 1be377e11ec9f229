using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet;

/// <content>Steps of training: parts of one phase after the other, with a barrier behind each.</content>
public sealed unsafe partial class WorkerTeam
{
    private ProcessPlan? _plan;
    private object? _planned;
    private AlignedBuffer<float> _scratch = new(0);
    private int _scratchLength;

    /// <summary>Runs the phases of a step of training whose lengths have been checked.</summary>
    /// <typeparam name="TPhases">The network.</typeparam>
    /// <typeparam name="TTarget">The type of its targets.</typeparam>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="parameters">The parameters, updated.</param>
    /// <param name="state">The rule's state, updated.</param>
    /// <param name="inputs">(count, InputLength).</param>
    /// <param name="targets">(count, TargetLength).</param>
    /// <param name="count">The samples.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="workspace">The training workspace.</param>
    /// <param name="draw">What decides the step's random numbers.</param>
    /// <param name="classWeights">What the loss of a sample of each class is multiplied by; empty for 1.</param>
    /// <exception cref="ObjectDisposedException">The threads have been stopped.</exception>
    internal void RunPhases<TPhases, TTarget, TRule>(
        TPhases network, Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, int count,
        in TRule rule, Span<float> workspace, TrainingDraw draw, ReadOnlySpan<float> classWeights)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        GrowScratch(network.ScratchLength);
        fixed (float* p = parameters, s = state, x = inputs, w = workspace, c = classWeights)
        fixed (TTarget* t = targets)
        {
            var job = new Job<TPhases, TTarget, TRule>(
                network, network.Phases.Length, p, parameters.Length, s, state.Length, x, inputs.Length, t, targets.Length, w, workspace.Length, c, classWeights.Length, count, draw, rule);
            if (network.Phases[0].Kind == PhaseKind.Rows)
                job.Rows = Rows;
            else
                Rows?.GatherInputs(0, count);

            if (_processes is null)
            {
                Run(&Work<TPhases, TTarget, TRule>, Unsafe.AsPointer(ref job));
                ThrowKept();
                return;
            }

            object planned = typeof(TPhases).IsValueType ? typeof(TPhases) : network;
            if (_plan is null || _planned != planned)
            {
                using var trial = new PhaseTrial(&Try<TPhases, TTarget, TRule>, Unsafe.AsPointer(ref job), parameters.Length, workspace.Length);
                (_plan, _planned) = (_processes.Plan(network.Phases, Threads, trial), planned);
            }

            ProcessPlan plan = job.Plan = _plan;
            for (int phase = 0; phase < network.Phases.Length; phase++)
            {
                plan.Begin(phase, w, count);
                job.EndPhase = phase + 1;
                while (plan.Next())
                {
                    if (plan.PartCount > 0)
                        Run(&Work<TPhases, TTarget, TRule>, Unsafe.AsPointer(ref job), phase);
                    ThrowKept();
                }
            }

            plan.Finish(w, p, count);
        }
    }

    /// <summary>Runs a part of a phase for one sample; updates store gradients.</summary>
    private static void Try<TPhases, TTarget, TRule>(
        void* state, int phase, PhasePart part, ChainRelay? relay, Span<float> gradients, Span<float> workspace)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        ref Job<TPhases, TTarget, TRule> job = ref Unsafe.AsRef<Job<TPhases, TTarget, TRule>>(state);
        TPhases network = job.Network;
        TrainingPass<TTarget> step = job.Pass;
        var pass = new TrainingPass<TTarget>(gradients, default, MemoryMarshal.CreateReadOnlySpan(ref step.Inputs, 1), step.Targets, workspace, count: 1);
        if (relay is not null)
            pass = pass with { Samples = new SampleShare(0, 1, 1, relay) };
        network.RunPhase(phase, pass, default(StoreGradient), part, ref workspace[network.ScratchOffset]);
    }

    /// <summary>Makes room for a network that needs more than those before it.</summary>
    private void GrowScratch(int length)
    {
        if (length <= _scratchLength)
            return;

        _scratch.Dispose();
        _scratch = new AlignedBuffer<float>(Threads * length);
        _scratchLength = length;
    }

    /// <summary>What every thread of the team does in a step: parts of each phase, and the barriers between.</summary>
    private static void Work<TPhases, TTarget, TRule>(WorkerTeam team, void* state, int thread)
        where TPhases : ITrainingPhases<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        ref Job<TPhases, TTarget, TRule> job = ref Unsafe.AsRef<Job<TPhases, TTarget, TRule>>(state);
        TPhases network = job.Network;
        TrainingPass<TTarget> pass = job.Pass;
        ReadOnlySpan<TrainingPhase> phases = network.Phases;
        ref float scratch = ref MemoryMarshal.GetReference(team._scratch.Span[(thread * team._scratchLength)..]);

        while (true)
        {
            long ticket = Interlocked.Increment(ref team._next) - 1;
            int phase = (int)(ticket >> 32), part = (int)ticket;
            if (phase >= job.EndPhase)
                return;

            int parts = job.Plan?.PartCount ?? phases[phase].CountParts(job.Count, team.Threads);
            if (part >= parts)
            {
                team.AwaitPhase(phase + 1);
                continue;
            }

            try
            {
                if (team._failure is null)
                {
                    PhasePart own = job.Plan?.Part(part) ?? phases[phase].Part(part, job.Count, team.Threads);
                    if (job.Plan is { } plan)
                        pass = pass with { Samples = plan.Samples(part) };
                    if (phase == 0)
                        job.Rows?.GatherInputs(own.First, own.Count);
                    network.RunPhase(phase, pass, job.Rule, own, ref scratch);
                }
            }
#pragma warning disable CA1031 // whatever it is, the caller gets it; the others must not wait for this part
            catch (Exception failure)
#pragma warning restore CA1031
            {
                team.Keep(failure);
            }

            team.Finish(phase, parts);
        }
    }

    /// <summary>Counts a finished part; whoever finishes the last one opens the next phase.</summary>
    private void Finish(int phase, int parts)
    {
        if (Interlocked.Increment(ref _done) != parts)
            return;

        _done = 0;
        Volatile.Write(ref _next, (phase + 1L) << 32);
    }

    private void AwaitPhase(int phase)
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _next) >> 32 < phase)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>A step's memory as pointers, pinned while the step runs, its network and its rule.</summary>
    private struct Job<TPhases, TTarget, TRule>(
        TPhases network, int phases, float* parameters, int parametersLength, float* state, int stateLength, float* inputs, int inputsLength,
        TTarget* targets, int targetsLength, float* workspace, int workspaceLength, float* classWeights, int classWeightsLength,
        int count, TrainingDraw draw, TRule rule)
        where TTarget : unmanaged
        where TRule : struct
    {
        public readonly TPhases Network = network;
        public readonly int Count = count;
        public readonly TRule Rule = rule;

        /// <summary>What this process does of each phase; null where it does everything.</summary>
        public ProcessPlan? Plan;

        /// <summary>What gathers the rows of the first phase.</summary>
        public IRowSource? Rows;

        /// <summary>Behind the last phase to run.</summary>
        public int EndPhase = phases;

        public readonly TrainingPass<TTarget> Pass => new(
            new ReadOnlySpan<float>(parameters, parametersLength), new Span<float>(state, stateLength),
            new ReadOnlySpan<float>(inputs, inputsLength), new ReadOnlySpan<TTarget>(targets, targetsLength),
            new Span<float>(workspace, workspaceLength), Count, draw, new ReadOnlySpan<float>(classWeights, classWeightsLength));
    }
}
