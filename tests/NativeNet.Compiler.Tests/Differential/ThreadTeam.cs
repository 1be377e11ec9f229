using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Processes;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Processes that are threads of this one, with memory each of their own, so that many networks can be tried on them.</summary>
internal sealed unsafe class ThreadTeam : ProcessTeam
{
    private readonly Meeting _meeting;
    private readonly List<(nint Place, int Count, int From)> _expected = [];

    private ThreadTeam(int rank, int count, Meeting meeting)
        : base(rank, count)
        => _meeting = meeting;

    /// <summary>Does the same in every process.</summary>
    /// <param name="count">How many processes.</param>
    /// <param name="body">What each does; what the first throws that does ends the others and is thrown here.</param>
    public static void Run(int count, Action<ProcessTeam> body)
    {
        using var meeting = new Meeting(count);
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() => Work(rank)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        failure?.Throw();

        void Work(int rank)
        {
            try
            {
                using var member = new ThreadTeam(rank, count, meeting);
                body(member);
            }
#pragma warning disable CA1031 // the caller's thread throws it
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                meeting.End();
            }
        }
    }

    public override void Abort(int exitCode) => _meeting.End();

    internal override ProcessPlan Plan(ReadOnlySpan<TrainingPhase> phases, int threads, PhaseTrial trial) => new DealtPlan(this, phases, threads, trial);

    internal override void Broadcast(Span<byte> values, int from)
    {
        byte[][] all = _meeting.Exchange(Rank, values.ToArray());
        all[from].CopyTo(values);
    }

    internal override void Add(Span<double> values)
    {
        double[][] all = _meeting.Exchange(Rank, values.ToArray());
        for (int i = 0; i < values.Length; i++)
            values[i] = all.Sum(own => own[i]);
    }

    internal override void Combine(Span<uint> values)
    {
        uint[][] all = _meeting.Exchange(Rank, values.ToArray());
        for (int i = 0; i < values.Length; i++)
            values[i] = all.Aggregate(0u, (bits, own) => bits | own[i]);
    }

    internal override double ReceiveSum() => Rank == 0 ? 0 : BitConverter.UInt64BitsToDouble(MemoryMarshal.Read<ulong>(_meeting.Receive(Rank - 1, Rank)));

    internal override void SendSum(double sum)
    {
        if (Rank < Count - 1)
            _meeting.Send(Rank, Rank + 1, BitConverter.GetBytes(sum));
    }

    internal override void BeginSend(float* values, int count, int to)
        => _meeting.Send(Rank, to, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(values, count)).ToArray());

    internal override int BeginReceive(float* values, int count, int from)
    {
        _expected.Add(((nint)values, count, from));
        return _expected.Count - 1;
    }

    internal override void End(int request)
    {
        // Messages of one process come in the order in which it sends them.
        int from = _expected[request].From;
        for (int earlier = 0; earlier <= request; earlier++)
        {
            if (_expected[earlier].From == from)
                Receive(earlier);
        }
    }

    internal override void Progress()
    {
    }

    internal override void EndAll()
    {
        for (int request = 0; request < _expected.Count; request++)
            Receive(request);
        _expected.Clear();
    }

    private void Receive(int request)
    {
        (nint place, int count, int from) = _expected[request];
        if (count == 0)
            return;

        byte[] message = _meeting.Receive(from, Rank);
        Assert.Equal(count * sizeof(float), message.Length);
        message.CopyTo(new Span<byte>((void*)place, message.Length));
        _expected[request] = (place, 0, from);
    }

    internal override void Gather(float* buffer, ReadOnlySpan<FloatRuns> runs)
    {
        FloatRuns mine = runs[Rank];
        float[][] all = _meeting.Exchange(Rank, (float[])[.. Enumerable.Range(0, mine.Count).SelectMany(run => new Span<float>(buffer + mine.Start(run), mine.Length(run)).ToArray())]);
        for (int process = 0; process < Count; process++)
        {
            ReadOnlySpan<float> rest = all[process];
            for (int run = 0; process != Rank && run < runs[process].Count; run++)
            {
                rest[..runs[process].Length(run)].CopyTo(new Span<float>(buffer + runs[process].Start(run), runs[process].Length(run)));
                rest = rest[runs[process].Length(run)..];
            }
        }
    }

    /// <summary>Where the threads wait for each other and leave their messages.</summary>
    private sealed class Meeting(int count) : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Barrier _barrier = new(count);
        private readonly object[] _values = new object[count];
        private readonly ConcurrentDictionary<(int From, int To), BlockingCollection<byte[]>> _messages = [];

        /// <summary>Lets nobody wait any more.</summary>
        public void End() => _end.Cancel();

        /// <summary>What everybody has, behind a barrier.</summary>
        public T[] Exchange<T>(int rank, T own)
            where T : notnull
        {
            _values[rank] = own;
            _barrier.SignalAndWait(_end.Token);
            T[] all = [.. _values.Cast<T>()];
            _barrier.SignalAndWait(_end.Token);
            return all;
        }

        public void Send(int from, int to, byte[] message) => Messages(from, to).Add(message);

        public byte[] Receive(int from, int to) => Messages(from, to).Take(_end.Token);

        public void Dispose()
        {
            _barrier.Dispose();
            _end.Dispose();
            foreach (BlockingCollection<byte[]> messages in _messages.Values)
                messages.Dispose();
        }

        private BlockingCollection<byte[]> Messages(int from, int to) => _messages.GetOrAdd((from, to), static _ => new BlockingCollection<byte[]>());
    }
}
