using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet;

/// <summary>Threads that share the work of training steps. They split outputs, never sums: the bits do not depend on them.</summary>
/// <remarks>
/// The caller is one of the team. Each phase of a step is cut into parts for as many threads as there are, with a barrier
/// behind it. Whoever is free takes the next part, so a worker that the system has not scheduled yet costs nothing but its
/// help. Workers spin for a while after a step and then park. Nothing is allocated after the first step of a network. One
/// step at a time; not for use by several threads at once.
/// </remarks>
public sealed unsafe partial class WorkerTeam : IDisposable
{
    /// <summary>Longer than the pause between two steps, shorter than anybody would notice.</summary>
    private const int SpinsBeforeParking = 20_000;

    /// <summary>Set while no step is open; the other bits count the workers inside.</summary>
    private const int Closed = int.MinValue;

    private readonly List<Worker> _workers = [];
    private readonly ProcessTeam? _processes;
    private delegate*<WorkerTeam, void*, int, void> _run;
    private void* _job;
    private int _gate = Closed;
    private int _epoch;
    private volatile bool _disposed;
    private ExceptionDispatchInfo? _failure;

    /// <summary>The phase that the team is in, above 32 bits that count its parts.</summary>
    private long _next;
    private int _done;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many threads work, the caller's included: 1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start; those that it let have been stopped.</exception>
    public WorkerTeam(int threads)
        : this(threads, static thread => thread.Start())
    {
    }

    /// <summary>Starts the threads of one of several processes.</summary>
    /// <param name="threads">How many threads of this process work, the caller's included: 1 to 256.</param>
    /// <param name="processes">The processes, each of which has a team of its own and does the same steps; null for this one alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start; those that it let have been stopped.</exception>
    public WorkerTeam(int threads, ProcessTeam? processes)
        : this(threads)
        => _processes = processes;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">As above.</param>
    /// <param name="start">Starts a thread.</param>
    internal WorkerTeam(int threads, Action<Thread> start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 256);
        Threads = threads;
        try
        {
            while (_workers.Count < threads - 1)
                _workers.Add(new Worker(this, _workers.Count + 1, start));
        }
        catch (Exception failure) when (failure is OutOfMemoryException or ThreadStartException)
        {
            Dispose();
            throw new ThreadsUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"the system lets {_workers.Count + 1} threads work, not {threads}; ask for fewer, or raise its limit on threads"),
                failure);
        }
    }

    /// <summary>How many threads work, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>The processes that share each step with this one; null where it is alone.</summary>
    public ProcessTeam? Processes => _processes;

    /// <summary>
    /// What gathers the inputs of the steps to come, each thread those of the samples that it does first; null where
    /// they are in place before the step. Not for steps that processes share, each of which needs all of them.
    /// </summary>
    internal IRowSource? Rows { get; set; }

    /// <summary>The samples of a batch that this process does, of the network whose steps came last.</summary>
    /// <param name="count">The samples of the batch.</param>
    internal (int First, int End) RowsOf(int count) => _plan?.Rows(count) ?? (0, count);

    /// <summary>Brings the optimizer state of that network, which lives where its parameters are updated, to every process.</summary>
    /// <param name="state">Stretches of the layout of trained parameters.</param>
    /// <param name="trainedLength">The floats of one.</param>
    internal void GatherState(Span<float> state, int trainedLength) => _plan?.GatherState(state, trainedLength);

    /// <summary>Brings one stretch of it to the first process; another one than the first need not have room.</summary>
    /// <param name="own">What this process has of it, (TrainedLength).</param>
    /// <param name="whole">(TrainedLength), overwritten in the first process.</param>
    internal void CollectState(ReadOnlySpan<float> own, Span<float> whole) => _plan!.CollectState(own, whole);

    /// <summary>Copies what this process needs of it.</summary>
    /// <param name="state">Stretches of the layout of trained parameters.</param>
    /// <param name="own">As long, zeros.</param>
    /// <param name="trainedLength">The floats of one.</param>
    internal void CopyOwnState(ReadOnlySpan<float> state, Span<float> own, int trainedLength) => _plan!.CopyOwnState(state, own, trainedLength);

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        foreach (Worker worker in _workers)
            worker.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Runs parts that have nothing to do with each other, each once.</summary>
    /// <param name="parts">The work.</param>
    /// <param name="count">How many parts it has.</param>
    /// <exception cref="ObjectDisposedException">The threads have been stopped.</exception>
    internal void RunParts(IParts parts, int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var job = new PartsJob(parts, count);
        Run(&WorkParts, Unsafe.AsPointer(ref job));
        ThrowKept();
    }

    private void Run(delegate*<WorkerTeam, void*, int, void> run, void* job, int firstPhase = 0)
    {
        _run = run;
        _job = job;
        _done = 0;
        _next = (long)firstPhase << 32;
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

    /// <summary>What every thread of the team does of independent parts.</summary>
    private static void WorkParts(WorkerTeam team, void* state, int thread)
    {
        ref PartsJob job = ref Unsafe.AsRef<PartsJob>(state);
        for (long part = Interlocked.Increment(ref team._next) - 1; part < job.Count; part = Interlocked.Increment(ref team._next) - 1)
        {
            try
            {
                if (team._failure is null)
                    job.Parts.Run((int)part, thread);
            }
#pragma warning disable CA1031 // whatever it is, the caller gets it
            catch (Exception failure)
#pragma warning restore CA1031
            {
                team.Keep(failure);
            }
        }
    }

    /// <summary>Keeps the first failure for the caller.</summary>
    private void Keep(Exception failure) => Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);

    private void ThrowKept() => Interlocked.Exchange(ref _failure, null)?.Throw();

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

    /// <summary>Parts that have nothing to do with each other.</summary>
    private readonly struct PartsJob(IParts parts, int count)
    {
        public readonly IParts Parts = parts;
        public readonly int Count = count;
    }

    /// <summary>One thread beside the caller's.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly WorkerTeam _team;
        private readonly int _number;
        private readonly Thread _thread;
        private readonly AutoResetEvent _wake = new(false);
        private int _parked;

        public Worker(WorkerTeam team, int number, Action<Thread> start)
        {
            _team = team;
            _number = number;
            _thread = new Thread(Loop) { IsBackground = true, Name = "NativeNet worker" };
            start(_thread);
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
            // A thread may inherit the mode of the one that starts it.
            _ = FloatingPointMode.TrySetDefault();
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
