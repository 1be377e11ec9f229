using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Program.Bench;

/// <summary>
/// Reading and copying memory, within the second-level cache and beyond it: the limit of work on one sample, which
/// reads every weight for a single multiply-add.
/// </summary>
internal sealed class MemoryTraffic : IDisposable
{
    /// <summary>Within the second-level cache of common cores, beyond the first.</summary>
    private const int SmallBytes = 256 << 10;

    /// <summary>Beyond the second-level cache.</summary>
    private const int LargeBytes = 16 << 20;

    private readonly AlignedBuffer<float> _source = new(LargeBytes / sizeof(float));
    private readonly AlignedBuffer<float> _destination = new(LargeBytes / sizeof(float));
    private readonly float[] _sink = new float[Lanes512.Count];

    /// <summary>Reads, then copies; the bytes of a copy are those read and those written.</summary>
    public Workload[] Workloads()
    {
        // A page that was never written is the one page of zeros, and reading it is no traffic.
        _source.Span.Fill(1);
        _destination.Span.Fill(1);
        return
        [
            new Workload("read 256 KiB", SmallBytes, () => Read(SmallBytes)),
            new Workload("read 16 MiB", LargeBytes, () => Read(LargeBytes)),
            new Workload("copy 256 KiB", SmallBytes, () => Copy(SmallBytes / 2)),
            new Workload("copy 16 MiB", LargeBytes, () => Copy(LargeBytes / 2)),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _destination.Dispose();
    }

    private void Copy(int bytes)
    {
        int length = bytes / sizeof(float);
        _source.Span[..length].CopyTo(_destination.Span);
    }

    private void Read(int bytes)
    {
        ReadOnlySpan<float> source = _source.Span[..(bytes / sizeof(float))];
        if (Vector512.IsHardwareAccelerated)
            Sum<Lanes512>(source, _sink);
        else if (Vector256.IsHardwareAccelerated)
            Sum<Lanes256>(source, _sink);
        else
            Sum<Lanes128>(source, _sink);
    }

    /// <summary>Eight sums at a time, so that loads are waited for and not additions.</summary>
    /// <param name="source">A whole number of eight vectors.</param>
    /// <param name="sink">Gets the sum, so that it must be computed.</param>
    private static void Sum<TLanes>(ReadOnlySpan<float> source, float[] sink)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes zero = TLanes.Create(0);
        TLanes a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
        ref float next = ref MemoryMarshal.GetReference(source);
        ref float end = ref Unsafe.Add(ref next, source.Length);
        while (Unsafe.IsAddressLessThan(ref next, ref end))
        {
            a += TLanes.Load(ref next, 0);
            b += TLanes.Load(ref next, lanes);
            c += TLanes.Load(ref next, 2 * lanes);
            d += TLanes.Load(ref next, 3 * lanes);
            e += TLanes.Load(ref next, 4 * lanes);
            f += TLanes.Load(ref next, 5 * lanes);
            g += TLanes.Load(ref next, 6 * lanes);
            h += TLanes.Load(ref next, 7 * lanes);
            next = ref Unsafe.Add(ref next, 8 * lanes);
        }

        (a + b + c + d + e + f + g + h).Store(ref sink[0], 0);
    }
}
