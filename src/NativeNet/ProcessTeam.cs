using System.Globalization;
using System.Runtime.CompilerServices;
using NativeNet.Processes;
using NativeNet.Storage;

namespace NativeNet;

/// <summary>Processes, on one machine or on several, that share the work of training steps. They split outputs, never sums: the bits do not depend on them.</summary>
/// <remarks>
/// They are started together by the mpirun of Open MPI, whose library is loaded by <see cref="Join"/> and only where it is
/// needed. Every process does the same calls in the same order, on the same data, and ends with the same parameters. What a
/// process throws and does not catch ends all of them; so does the death of one. A program joins once; calls are for the
/// thread that has joined.
/// </remarks>
public sealed unsafe class ProcessTeam : IDisposable
{
    private static ProcessTeam? _joined;

    private readonly OpenMpi _mpi;
    private readonly int[] _counts, _places;
    private nint[] _requests = GC.AllocateArray<nint>(64, pinned: true);
    private int _requestCount;
    private AlignedBuffer<float> _packed = new(0);
    private bool _disposed;

    private ProcessTeam(OpenMpi mpi)
    {
        _mpi = mpi;
        int rank, size;
        mpi.RankOf(mpi.World, &rank);
        mpi.SizeOf(mpi.World, &size);
        (Rank, Count) = (rank, size);
        _counts = GC.AllocateArray<int>(size, pinned: true);
        _places = GC.AllocateArray<int>(size, pinned: true);
    }

    /// <summary>The number of this process, from 0 to Count − 1.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int Count { get; }

    /// <summary>Whether it is the process that tells and saves what all of them have computed.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Joins the processes that this one was started with.</summary>
    /// <returns>The team, the same one for every call; null where this process was started alone.</returns>
    /// <exception cref="ProcessesUnavailableException">Open MPI's library is not there, or another MPI has started the process.</exception>
    /// <exception cref="InvalidOperationException">The team was disposed of: a process joins once.</exception>
    public static ProcessTeam? Join()
    {
        if (_joined is { } joined)
            return joined._disposed ? throw new InvalidOperationException("This process has left its team; MPI lets it join once.") : joined;

        return WasStartedWithOthers(Environment.GetEnvironmentVariable) ? _joined = new ProcessTeam(OpenMpi.Start()) : null;
    }

    /// <summary>Whether the environment tells of other processes.</summary>
    /// <param name="environment">Gives the value of a variable, or null.</param>
    /// <exception cref="ProcessesUnavailableException">It tells of another MPI than Open MPI.</exception>
    internal static bool WasStartedWithOthers(Func<string, string?> environment)
    {
        if (environment("OMPI_COMM_WORLD_SIZE") is { } size)
            return size != "1";
        if (environment("PMI_SIZE") is { } others && others != "1")
            throw new ProcessesUnavailableException($"this is one of {others} processes that an MPI other than Open MPI has started, as MPICH and Intel MPI do; start them with the mpirun of Open MPI");

        return false;
    }

    /// <summary>Ends all processes at once.</summary>
    /// <param name="exitCode">The code that they end with.</param>
    public void Abort(int exitCode) => _mpi.AbortAll(_mpi.World, exitCode);

    /// <summary>Leaves the team; every process must.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _mpi.Finish();
        _packed.Dispose();
    }

    /// <summary>Whether any process says yes.</summary>
    /// <param name="own">What this one says.</param>
    public bool Any(bool own)
    {
        uint bit = own ? 1u : 0u;
        Combine(new Span<uint>(ref bit));
        return bit != 0;
    }

    /// <summary>Brings what one process has to the others.</summary>
    /// <typeparam name="T">An unmanaged type.</typeparam>
    /// <param name="values">As long in every process; overwritten in all but one.</param>
    /// <param name="from">That one.</param>
    internal void Broadcast<T>(Span<T> values, int from)
        where T : unmanaged
    {
        Require();
        fixed (T* first = values)
            _mpi.Broadcast(first, checked(values.Length * sizeof(T)), _mpi.Byte, from, _mpi.World);
    }

    /// <summary>Adds numbers that all processes but one have at 0, so that nothing is rounded.</summary>
    /// <param name="values">As long in every process; the sums afterwards.</param>
    internal void Add(Span<double> values)
    {
        Require();
        fixed (double* first = values)
            _mpi.ReduceAll(OpenMpi.InPlace, first, values.Length, _mpi.Double, _mpi.Sum, _mpi.World);
    }

    /// <summary>Combines the bits of all processes.</summary>
    /// <param name="values">As long in every process; the bits that are set in any of them afterwards.</param>
    internal void Combine(Span<uint> values)
    {
        Require();
        fixed (uint* first = values)
            _mpi.ReduceAll(OpenMpi.InPlace, first, values.Length, _mpi.UnsignedInteger, _mpi.BitwiseOr, _mpi.World);
    }

    /// <summary>What every process has, one after the other.</summary>
    /// <param name="own">Of any length.</param>
    internal int[][] Gather(ReadOnlySpan<int> own)
    {
        Require();
        double[] lengths = new double[Count];
        lengths[Rank] = own.Length;
        Add(lengths);
        int[][] all = [.. lengths.Select(static length => new int[(int)length])];
        own.CopyTo(all[Rank]);
        for (int process = 0; process < Count; process++)
            Broadcast<int>(all[process], process);
        return all;
    }

    /// <summary>Refuses to work with processes that have something else in mind.</summary>
    /// <param name="what">What the numbers stand for.</param>
    /// <param name="own">Numbers that must be the same everywhere.</param>
    internal void RequireSame(string what, params int[] own)
    {
        int[][] all = Gather(own);
        int other = Array.FindIndex(all, numbers => !numbers.AsSpan().SequenceEqual(all[0]));
        if (other > 0)
            throw new ProcessesUnavailableException(string.Create(CultureInfo.InvariantCulture, $"processes 0 and {other} have {what}; start the same program with the same arguments everywhere"));
    }

    /// <summary>A sum over the rows of a batch as far as the processes before have come; 0 in the first.</summary>
    internal double ReceiveSum()
    {
        Require();
        double sum = 0;
        if (Rank > 0)
            _mpi.Receive(&sum, 1, _mpi.Double, Rank - 1, 0, _mpi.World, null);
        return sum;
    }

    /// <summary>Hands a sum on to the process that has the next rows; the last one has no such.</summary>
    /// <param name="sum">The sum with the rows of this process.</param>
    internal void SendSum(double sum)
    {
        Require();
        if (Rank < Count - 1)
            _mpi.Send(&sum, 1, _mpi.Double, Rank + 1, 0, _mpi.World);
    }

    /// <summary>Begins to send floats, which must stay as they are until <see cref="EndAll"/>.</summary>
    /// <param name="values">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">The process that begins to receive them.</param>
    internal void BeginSend(float* values, int count, int to)
        => _mpi.BeginSend(values, count, _mpi.Float, to, 0, _mpi.World, NextRequest());

    /// <summary>Begins to receive floats, which are there after <see cref="EndAll"/>.</summary>
    /// <param name="values">Where the first goes.</param>
    /// <param name="count">How many.</param>
    /// <param name="from">The process that begins to send them.</param>
    internal void BeginReceive(float* values, int count, int from)
        => _mpi.BeginReceive(values, count, _mpi.Float, from, 0, _mpi.World, NextRequest());

    /// <summary>Waits for all that was begun.</summary>
    internal void EndAll()
    {
        Require();
        if (_requestCount > 0)
            _mpi.EndAll(_requestCount, (nint*)Unsafe.AsPointer(ref _requests[0]), null);
        _requestCount = 0;
    }

    /// <summary>Brings to every process what each has of a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="runs">What each process has; none of it twice.</param>
    internal void Gather(float* buffer, ReadOnlySpan<FloatRuns> runs)
    {
        Require();
        bool isInPlace = true;
        int total = 0;
        for (int process = 0; process < Count; process++)
        {
            isInPlace &= runs[process].Count <= 1;
            _counts[process] = runs[process].Total;
            _places[process] = total;
            total += _counts[process];
        }

        if (isInPlace)
        {
            for (int process = 0; process < Count; process++)
                _places[process] = runs[process].Count == 0 ? 0 : runs[process].Start(0);
            GatherAll(buffer);
            return;
        }

        if (_packed.Length < total)
        {
            _packed.Dispose();
            _packed = new AlignedBuffer<float>(total);
        }

        float* packed = (float*)Unsafe.AsPointer(ref _packed.Span[0]);
        Pack(buffer, packed + _places[Rank], runs[Rank]);
        GatherAll(packed);
        for (int process = 0; process < Count; process++)
        {
            if (process != Rank)
                Unpack(packed + _places[process], buffer, runs[process]);
        }
    }

    private static void Pack(float* buffer, float* packed, FloatRuns runs)
    {
        for (int run = 0; run < runs.Count; run++)
        {
            new ReadOnlySpan<float>(buffer + runs.Start(run), runs.Length(run)).CopyTo(new Span<float>(packed, runs.Length(run)));
            packed += runs.Length(run);
        }
    }

    private static void Unpack(float* packed, float* buffer, FloatRuns runs)
    {
        for (int run = 0; run < runs.Count; run++)
        {
            new ReadOnlySpan<float>(packed, runs.Length(run)).CopyTo(new Span<float>(buffer + runs.Start(run), runs.Length(run)));
            packed += runs.Length(run);
        }
    }

    private void GatherAll(float* buffer)
    {
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

    private void Require() => ObjectDisposedException.ThrowIf(_disposed, this);
}
