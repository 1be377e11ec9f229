using NativeNet.Kernels;

namespace NativeNet.Processes;

/// <summary>Deals out the update of layers to processes: in stretches of equal work, one layer behind the other, so that few layers are cut.</summary>
/// <param name="work">The work of each layer, at least 1.</param>
/// <param name="processes">How many processes there are.</param>
internal sealed class UpdateCut(long[] work, int processes)
{
    /// <summary>Places where a layer may be cut: finer than the tiles of small layers, and every process may have an equal share of one.</summary>
    private readonly int _cuts = processes * Math.Max(1, 64 / processes);

    /// <summary>What a process does of a layer, as shares of it that are as large as can be; none where it has no part in it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="process">The process.</param>
    public IEnumerable<PhasePart> Shares(int layer, int process)
    {
        int first = CutOf(layer, process), end = CutOf(layer, process + 1);
        while (first < end)
        {
            int size = Enumerable.Range(1, end - first).Last(size => _cuts % size == 0 && first % size == 0);
            yield return new PhasePart(layer, first / size, _cuts / size);
            first += size;
        }
    }

    /// <summary>Where in a layer the share of a process begins.</summary>
    private int CutOf(int layer, int process)
    {
        double begin = work.Sum() / (double)processes * process;
        return (int)Math.Clamp(Math.Round((begin - work.Take(layer).Sum()) * _cuts / work[layer]), 0, _cuts);
    }
}
