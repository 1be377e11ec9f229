using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Processes;
using NativeNet.Storage;

namespace NativeNet;

/// <summary>Processes that tell each other what they have by the calls of Open MPI.</summary>
/// <remarks>
/// It exists only where a process has joined others: all that is done for several processes hangs on it, so that a program which
/// never joins carries none of it when it is compiled ahead of time.
/// </remarks>
internal sealed unsafe class OpenMpiTeam : ProcessTeam
{
    /// <summary>From 16 KB on a message takes as long as its floats, and copying them into one with others would add to it.</summary>
    private const int LongRun = 4096;

    private const int ValueTag = 0, SumTag = 1;

    private readonly OpenMpi _mpi;
    private readonly int[] _counts, _places;
    private nint[] _requests = GC.AllocateArray<nint>(64, pinned: true);
    private int _requestCount;
    private AlignedBuffer<float> _packed = new(0);

    /// <summary>Joins.</summary>
    /// <param name="mpi">The library.</param>
    public OpenMpiTeam(OpenMpi mpi)
        : base(RankIn(mpi), SizeOf(mpi))
    {
        _mpi = mpi;
        _counts = GC.AllocateArray<int>(Count, pinned: true);
        _places = GC.AllocateArray<int>(Count, pinned: true);
    }

    public override void Abort(int exitCode) => _mpi.AbortAll(_mpi.World, exitCode);

    internal override ProcessPlan Plan(ReadOnlySpan<TrainingPhase> phases, int threads, PhaseTrial trial) => new DealtPlan(this, phases, threads, trial);

    internal override void Broadcast(Span<byte> values, int from)
    {
        Require();
        fixed (byte* first = values)
            _mpi.Broadcast(first, values.Length, _mpi.Byte, from, _mpi.World);
        if (Rank == from)
            BytesSent += (long)values.Length * (Count - 1);
    }

    internal override void Add(Span<double> values)
    {
        Require();
        fixed (double* first = values)
            _mpi.ReduceAll(OpenMpi.InPlace, first, values.Length, _mpi.Double, _mpi.Sum, _mpi.World);
    }

    internal override void Combine(Span<uint> values)
    {
        Require();
        fixed (uint* first = values)
            _mpi.ReduceAll(OpenMpi.InPlace, first, values.Length, _mpi.UnsignedInteger, _mpi.BitwiseOr, _mpi.World);
    }

    internal override double ReceiveSum()
    {
        Require();
        double sum = 0;
        if (Rank > 0)
            _mpi.Receive(&sum, 1, _mpi.Double, Rank - 1, SumTag, _mpi.World, null);
        return sum;
    }

    internal override void SendSum(double sum)
    {
        Require();
        if (Rank < Count - 1)
            _mpi.Send(&sum, 1, _mpi.Double, Rank + 1, SumTag, _mpi.World);
    }

    internal override void BeginSend(float* values, int count, int to)
    {
        BytesSent += (long)count * sizeof(float);
        _mpi.BeginSend(values, count, _mpi.Float, to, ValueTag, _mpi.World, NextRequest());
    }

    internal override int BeginReceive(float* values, int count, int from)
    {
        _mpi.BeginReceive(values, count, _mpi.Float, from, ValueTag, _mpi.World, NextRequest());
        return _requestCount - 1;
    }

    internal override void End(int request) => _mpi.End((nint*)Unsafe.AsPointer(ref _requests[request]), null);

    internal override void Progress()
    {
        int isThere;
        _mpi.Probe(OpenMpi.AnySource, ValueTag, _mpi.World, &isThere, null);
    }

    internal override void EndAll()
    {
        Require();
        if (_requestCount > 0)
            _mpi.EndAll(_requestCount, (nint*)Unsafe.AsPointer(ref _requests[0]), null);
        _requestCount = 0;
    }

    internal override void Gather(float* buffer, ReadOnlySpan<FloatRuns> runs)
    {
        Require();
        int total = 0, stretches = 0;
        for (int process = 0; process < Count; process++)
        {
            _counts[process] = runs[process].Total;
            _places[process] = total;
            total += _counts[process];
            stretches += runs[process].Count;
        }

        if (total >= stretches * LongRun)
        {
            GatherInPlace(buffer, runs);
            return;
        }

        if (_packed.Length < total)
        {
            _packed.Dispose();
            _packed = new AlignedBuffer<float>(total);
        }

        float* packed = (float*)Unsafe.AsPointer(ref _packed.Span[0]);
        Copy(buffer, packed + _places[Rank], runs[Rank], isPacked: false);
        GatherAll(packed);
        for (int process = 0; process < Count; process++)
        {
            if (process != Rank)
                Copy(buffer, packed + _places[process], runs[process], isPacked: true);
        }
    }

    private void GatherInPlace(float* buffer, ReadOnlySpan<FloatRuns> runs)
    {
        FloatRuns own = runs[Rank];
        for (int process = 0; process < Count; process++)
        {
            if (process == Rank)
                continue;

            for (int run = 0; run < runs[process].Count; run++)
                BeginReceive(buffer + runs[process].Start(run), runs[process].Length(run), process);
            for (int run = 0; run < own.Count; run++)
                BeginSend(buffer + own.Start(run), own.Length(run), process);
        }

        EndAll();
    }

    /// <summary>Copies the stretches of a buffer to one behind the other, or back where they are so already.</summary>
    private static void Copy(float* buffer, float* packed, FloatRuns runs, bool isPacked)
    {
        for (int run = 0; run < runs.Count; run++)
        {
            Span<float> stretch = new(buffer + runs.Start(run), runs.Length(run)), place = new(packed, runs.Length(run));
            if (isPacked)
                place.CopyTo(stretch);
            else
                stretch.CopyTo(place);
            packed += runs.Length(run);
        }
    }

    private void GatherAll(float* buffer)
    {
        BytesSent += (long)_counts[Rank] * sizeof(float) * (Count - 1);
        int* counts = (int*)Unsafe.AsPointer(ref _counts[0]), places = (int*)Unsafe.AsPointer(ref _places[0]);
        _mpi.GatherAll(OpenMpi.InPlace, 0, _mpi.Float, buffer, counts, places, _mpi.Float, _mpi.World);
    }

    private nint* NextRequest()
    {
        if (_requestCount == _requests.Length)
        {
            // Open MPI keeps no pointer to a request that it has handed out.
            nint[] more = GC.AllocateArray<nint>(2 * _requestCount, pinned: true);
            _requests.CopyTo(more, 0);
            _requests = more;
        }

        return (nint*)Unsafe.AsPointer(ref _requests[_requestCount++]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsDisposed)
        {
            _mpi.Finish();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int RankIn(OpenMpi mpi)
    {
        int rank;
        mpi.RankOf(mpi.World, &rank);
        return rank;
    }

    private static int SizeOf(OpenMpi mpi)
    {
        int size;
        mpi.SizeOf(mpi.World, &size);
        return size;
    }

    private void Require() => ObjectDisposedException.ThrowIf(IsDisposed, this);
}
