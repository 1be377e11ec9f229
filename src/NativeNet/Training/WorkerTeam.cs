using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>Threads that share the work of training steps. They split outputs, never sums: the bits do not depend on them.</summary>
/// <remarks>
/// The caller is one of the team. A step has two phases with one barrier between them, rows of the batch and rows of the
/// weights, each cut into as many pieces as there are threads; a network that needs sums over the whole batch on its way has
/// two more for each of them. Whoever is free takes the next piece, so a worker that
/// the system has not scheduled yet costs nothing but its help. Workers spin for a while after a step and then park.
/// Nothing is allocated after the first step of a network. One step at a time; not for use by several threads at once.
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>Longer than the pause between two steps, shorter than anybody would notice.</summary>
    private const int SpinsBeforeParking = 20_000;

    /// <summary>Set while no step is open; the other bits count the workers inside.</summary>
    private const int Closed = int.MinValue;

    private readonly Worker[] _workers;
    private AlignedBuffer<float> _tiles = new(0);
    private int _scratch;
    private delegate*<WorkerTeam, void*, int, void> _run;
    private void* _job;
    private int _gate = Closed;
    private int _epoch;
    private volatile bool _disposed;

    /// <summary>The phase that the team is in, above 32 bits that count its pieces.</summary>
    private long _next;
    private int _done;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many threads work, the caller's included: 1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 256);
        Threads = threads;
        _workers = new Worker[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, i + 1);
    }

    /// <summary>How many threads work, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        foreach (Worker worker in _workers)
            worker.Dispose();
        _tiles.Dispose();
    }

    /// <summary>One step of training, for generated code, which has checked the lengths.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TTarget">The type of its targets.</typeparam>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="parameters">The parameters, updated.</param>
    /// <param name="state">The rule's state, updated.</param>
    /// <param name="inputs">(count, InputLength).</param>
    /// <param name="targets">(count, TargetLength).</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="workspace">The training workspace.</param>
    /// <param name="draw">What decides the step's random numbers.</param>
    /// <param name="block">Samples that stay together, since they lie side by side in the workspace.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ObjectDisposedException">The threads have been stopped.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public float TrainStep<TNetwork, TTarget, TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        TRule rule, Span<float> workspace, TrainingDraw draw, int block)
        where TNetwork : struct, INetwork<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        GrowScratch(TNetwork.ScratchLength);
        fixed (float* p = parameters, s = state, x = inputs, w = workspace)
        fixed (TTarget* t = targets)
        {
            int count = inputs.Length / TNetwork.InputLength;
            var job = new Job<TTarget, TRule>(
                p, parameters.Length, s, state.Length, x, inputs.Length, t, targets.Length, w, workspace.Length, count, block, draw, rule);
            Run(&Work<TNetwork, TTarget, TRule>, Unsafe.AsPointer(ref job));
            TNetwork.UpdateRunningAverages(parameters, workspace);
            return TNetwork.MeanLoss(job.Pass);
        }
    }

    /// <summary>Makes room for a network that needs more than those before it.</summary>
    private void GrowScratch(int length)
    {
        if (length <= _scratch)
            return;

        _tiles.Dispose();
        _tiles = new AlignedBuffer<float>(Threads * length);
        _scratch = length;
    }

    private void Run(delegate*<WorkerTeam, void*, int, void> run, void* job)
    {
        _run = run;
        _job = job;
        _next = _done = 0;
        Volatile.Write(ref _gate, 0);
        Interlocked.Increment(ref _epoch);
        foreach (Worker worker in _workers)
            worker.WakeIfParked();

        run(this, job, 0);

        // Whoever is inside has nothing left to do; the job's memory is the caller's stack, so wait until all have left.
        Interlocked.Or(ref _gate, Closed);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _gate) != Closed)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>What every thread of the team does in a step: pieces of each phase, and the barriers between.</summary>
    private static void Work<TNetwork, TTarget, TRule>(WorkerTeam team, void* state, int thread)
        where TNetwork : struct, INetwork<TTarget>
        where TTarget : unmanaged
        where TRule : struct, IUpdateRule<TRule>
    {
        ref Job<TTarget, TRule> job = ref Unsafe.AsRef<Job<TTarget, TRule>>(state);
        TrainingPass<TTarget> pass = job.Pass;
        ref float tile = ref team._tiles.Span[thread * team._scratch];
        int threads = team.Threads, statistics = TNetwork.StatisticsCount, lastPhase = (2 * statistics) + 1;

        int blocks = (job.Count + job.Block - 1) / job.Block;
        int rowsAPiece = (blocks + threads - 1) / threads * job.Block;
        int rowPieces = (job.Count + rowsAPiece - 1) / rowsAPiece;

        // Rows have the even phases; statistics and, last, updates the odd ones.
        while (true)
        {
            long ticket = Interlocked.Increment(ref team._next) - 1;
            int phase = (int)(ticket >> 32), piece = (int)ticket, stage = phase / 2;
            if (phase > lastPhase)
                return;

            int pieces = phase % 2 == 0 ? rowPieces : phase == lastPhase ? TNetwork.LayerCount * threads : threads;
            if (piece >= pieces)
            {
                team.AwaitPhase(phase + 1);
                continue;
            }

            if (phase % 2 == 0)
                TNetwork.TrainRows(pass, stage, piece * rowsAPiece, Math.Min(rowsAPiece, job.Count - (piece * rowsAPiece)), ref tile);
            else if (phase < lastPhase)
                TNetwork.TrainStatistics(pass, stage, piece, threads);
            else
                TNetwork.UpdatePart(pass, job.Rule, piece / threads, piece % threads, threads, ref tile);
            team.Finish(phase, pieces);
        }
    }

    /// <summary>Counts a finished piece; whoever finishes the last one opens the next phase.</summary>
    private void Finish(int phase, int pieces)
    {
        if (Interlocked.Increment(ref _done) != pieces)
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

    private bool TryEnter()
    {
        for (int gate = Volatile.Read(ref _gate); gate >= 0;)
        {
            int seen = Interlocked.CompareExchange(ref _gate, gate + 1, gate);
            if (seen == gate)
                return true;
            gate = seen;
        }

        return false;
    }

    /// <summary>A step's memory as pointers, pinned while the step runs, and its rule.</summary>
    private readonly struct Job<TTarget, TRule>(
        float* parameters, int parametersLength, float* state, int stateLength, float* inputs, int inputsLength,
        TTarget* targets, int targetsLength, float* workspace, int workspaceLength, int count, int block, TrainingDraw draw, TRule rule)
        where TTarget : unmanaged
        where TRule : struct
    {
        public readonly int Count = count, Block = block;
        public readonly TRule Rule = rule;

        public TrainingPass<TTarget> Pass => new(
            new ReadOnlySpan<float>(parameters, parametersLength), new Span<float>(state, stateLength),
            new ReadOnlySpan<float>(inputs, inputsLength), new ReadOnlySpan<TTarget>(targets, targetsLength),
            new Span<float>(workspace, workspaceLength), Count, draw);
    }

    /// <summary>One thread beside the caller's.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly WorkerTeam _team;
        private readonly int _number;
        private readonly Thread _thread;
        private readonly AutoResetEvent _wake = new(false);
        private int _parked;

        public Worker(WorkerTeam team, int number)
        {
            _team = team;
            _number = number;
            _thread = new Thread(Loop) { IsBackground = true, Name = "NativeNet worker" };
            _thread.Start();
        }

        public void WakeIfParked()
        {
            if (Volatile.Read(ref _parked) != 0)
                _wake.Set();
        }

        public void Dispose()
        {
            _wake.Set();
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop()
        {
            int seen = 0;
            while (true)
            {
                WaitForStep(seen);
                if (_team._disposed)
                    return;

                seen = Volatile.Read(ref _team._epoch);
                if (!_team.TryEnter())
                    continue;

                _team._run(_team, _team._job, _number);
                Interlocked.Decrement(ref _team._gate);
            }
        }

        private void WaitForStep(int seen)
        {
            for (int spin = 0; spin < SpinsBeforeParking; spin++)
            {
                if (Volatile.Read(ref _team._epoch) != seen || _team._disposed)
                    return;
                Thread.SpinWait(1);
            }

            Interlocked.Exchange(ref _parked, 1);
            while (Volatile.Read(ref _team._epoch) == seen && !_team._disposed)
                _wake.WaitOne();
            Volatile.Write(ref _parked, 0);
        }
    }
}
