using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet;

/// <summary>Processes, on one machine or on several, that share the work of training steps. They split outputs, never sums: the bits do not depend on them.</summary>
/// <remarks>
/// They are started together by the mpirun of Open MPI, whose library is loaded by <see cref="Join"/> and only where it is
/// needed. Every process does the same calls in the same order, on the same data, and ends with the same parameters. What a
/// process throws and does not catch ends all of them; so does the death of one. A program joins once; calls are for the
/// thread that has joined.
/// </remarks>
public abstract unsafe class ProcessTeam : IDisposable
{
    private static ProcessTeam? _joined;

    private protected ProcessTeam(int rank, int count) => (Rank, Count) = (rank, count);

    /// <summary>The number of this process, from 0 to Count − 1.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int Count { get; }

    /// <summary>The bytes of values, sums and parameters that this process has sent to others so far.</summary>
    public long BytesSent { get; private protected set; }

    /// <summary>Whether it is the process that tells and saves what all of them have computed.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether it has left the team.</summary>
    private protected bool IsDisposed { get; private set; }

    /// <summary>Joins the processes that this one was started with.</summary>
    /// <returns>The team, the same one for every call; null where this process was started alone.</returns>
    /// <exception cref="ProcessesUnavailableException">Open MPI's library is not there, or another MPI has started the process.</exception>
    /// <exception cref="InvalidOperationException">The team was disposed of: a process joins once.</exception>
    public static ProcessTeam? Join()
    {
        if (_joined is { } joined)
            return joined.IsDisposed ? throw new InvalidOperationException("This process has left its team; MPI lets it join once.") : joined;
        if (!WasStartedWithOthers(Environment.GetEnvironmentVariable))
            return null;

        return _joined = OpenMpi.Start(names: null, out string problem) is { } mpi ? new OpenMpiTeam(mpi) : throw new ProcessesUnavailableException(problem);
    }

    /// <summary>Ends all processes at once.</summary>
    /// <param name="exitCode">The code that they end with.</param>
    public abstract void Abort(int exitCode);

    /// <summary>Whether any process says yes; all of them must ask.</summary>
    /// <param name="own">What this one says.</param>
    public bool Any(bool own)
    {
        uint bit = own ? 1u : 0u;
        Combine(new Span<uint>(ref bit));
        return bit != 0;
    }

    /// <summary>Leaves the team; every process must.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
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

    /// <summary>Plans the steps of a network; every process must at once.</summary>
    /// <param name="phases">The phases of a step.</param>
    /// <param name="threads">The threads of this process.</param>
    /// <param name="trial">Runs parts of the phases.</param>
    /// <exception cref="ProcessesUnavailableException">Another process has another network, or vectors of another width.</exception>
    internal abstract ProcessPlan Plan(ReadOnlySpan<TrainingPhase> phases, int threads, PhaseTrial trial);

    /// <summary>Brings what one process has to the others.</summary>
    /// <param name="values">As long in every process; overwritten in all but one.</param>
    /// <param name="from">That one.</param>
    internal abstract void Broadcast(Span<byte> values, int from);

    /// <summary>Adds numbers that all processes but one have at 0, so that nothing is rounded.</summary>
    /// <param name="values">As long in every process; the sums afterwards.</param>
    internal abstract void Add(Span<double> values);

    /// <summary>Combines the bits of all processes.</summary>
    /// <param name="values">As long in every process; the bits that are set in any of them afterwards.</param>
    internal abstract void Combine(Span<uint> values);

    /// <summary>A sum over the rows of a batch as far as the processes before have come; 0 in the first.</summary>
    internal abstract double ReceiveSum();

    /// <summary>Hands a sum on to the process that has the next rows; the last one has no such.</summary>
    /// <param name="sum">The sum with the rows of this process.</param>
    internal abstract void SendSum(double sum);

    /// <summary>Begins to send floats, which must stay as they are until <see cref="EndAll"/>.</summary>
    /// <param name="values">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">The process that begins to receive them.</param>
    internal abstract void BeginSend(float* values, int count, int to);

    /// <summary>Begins to receive floats, which are there after <see cref="EndAll"/>.</summary>
    /// <param name="values">Where the first goes.</param>
    /// <param name="count">How many.</param>
    /// <param name="from">The process that begins to send them.</param>
    /// <returns>The number to wait by.</returns>
    internal abstract int BeginReceive(float* values, int count, int from);

    /// <summary>Waits for floats that are received.</summary>
    /// <param name="request">The number that <see cref="BeginReceive"/> has returned since the last <see cref="EndAll"/>.</param>
    internal abstract void End(int request);

    /// <summary>Lets what was begun go on while this process computes.</summary>
    internal abstract void Progress();

    /// <summary>Waits for all that was begun.</summary>
    internal abstract void EndAll();

    /// <summary>Brings to every process what each has of a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="runs">What each process has; none of it twice.</param>
    internal abstract void Gather(float* buffer, ReadOnlySpan<FloatRuns> runs);

    /// <summary>What every process has, one after the other.</summary>
    /// <param name="own">Of any length.</param>
    internal int[][] Gather(ReadOnlySpan<int> own)
    {
        double[] lengths = new double[Count];
        lengths[Rank] = own.Length;
        Add(lengths);
        int[][] all = new int[Count][];
        for (int process = 0; process < Count; process++)
        {
            all[process] = new int[(int)lengths[process]];
            if (process == Rank)
                own.CopyTo(all[process]);
            Broadcast(MemoryMarshal.AsBytes(all[process].AsSpan()), process);
        }

        return all;
    }

    /// <summary>Refuses to work with processes that have something else in mind.</summary>
    /// <param name="what">What they have then.</param>
    /// <param name="own">Numbers that must be the same everywhere.</param>
    /// <exception cref="ProcessesUnavailableException">They are not.</exception>
    internal void RequireSame(string what, params int[] own)
    {
        int[][] all = Gather(own);
        int other = Array.FindIndex(all, numbers => !numbers.AsSpan().SequenceEqual(all[0]));
        if (other > 0)
            throw new ProcessesUnavailableException(string.Create(CultureInfo.InvariantCulture, $"processes 0 and {other} have {what}; start the same program with the same arguments everywhere"));
    }

    /// <summary>Leaves the team.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) => IsDisposed = true;
}
