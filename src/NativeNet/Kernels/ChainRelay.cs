using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Chains of sums over a batch on their way from process to process, in the order in which a part of a phase makes them.</summary>
/// <remarks>
/// The code that sums decides what stands where: it takes and leaves its chains in the same order in every process. How many
/// there are is found by letting it run once and counting them.
/// </remarks>
internal sealed unsafe class ChainRelay
{
    private const int Chains = RowSum.PartialSums;

    private float* _chains, _sums;
    private int _place;
    private ChainStop _from, _to;

    /// <summary>The sums; each has 16 chains.</summary>
    public int Sums { get; private set; }

    /// <summary>How many sums the present ones depend on.</summary>
    public int Round { get; private set; }

    /// <summary>Counts the sums of a run.</summary>
    /// <param name="round">How many sums the counted ones depend on.</param>
    public void Count(int round) => Start(round, from: ChainStop.Here, to: ChainStop.Samples);

    /// <summary>Gives chains and whole sums a place.</summary>
    /// <param name="chains">(Sums, 16).</param>
    /// <param name="sums">(Sums).</param>
    public void Place(float* chains, float* sums)
    {
        _chains = chains;
        _sums = sums;
    }

    /// <summary>Prepares a run.</summary>
    /// <param name="round">How many sums the present ones depend on.</param>
    /// <param name="from">Where chains come from.</param>
    /// <param name="to">Where they go.</param>
    public void Start(int round, ChainStop from, ChainStop to) => (Round, _from, _to, _place) = (round, from, to, 0);

    /// <summary>The chains before the first sample of this process.</summary>
    /// <param name="chains">(sums, 16), overwritten.</param>
    public void Begin(Span<float> chains)
    {
        if (_from == ChainStop.Here)
        {
            chains.Clear();
        }
        else if (_from == ChainStop.Samples)
        {
            new ReadOnlySpan<float>(_chains + (_place * Chains), chains.Length).CopyTo(chains);
        }
        else
        {
            // Added in halves, a number and fifteen times −0 are that number.
            chains.Fill(-0f);
            for (int sum = 0; sum < chains.Length / Chains; sum++)
                chains[sum * Chains] = _sums[_place + sum];
        }
    }

    /// <summary>Whether the chains are whole and needed here; else they are left for another process.</summary>
    /// <param name="chains">(sums, 16), as many as at the beginning.</param>
    public bool End(Span<float> chains)
    {
        if (_chains is null)
            Sums += chains.Length / Chains;
        else if (_to == ChainStop.Samples)
            chains.CopyTo(new Span<float>(_chains + (_place * Chains), chains.Length));
        else if (_to == ChainStop.Sums)
            Fold(chains);
        _place += chains.Length / Chains;
        return _to == ChainStop.Here;
    }

    private void Fold(Span<float> chains)
    {
        for (int sum = 0; sum < chains.Length / Chains; sum++)
            _sums[_place + sum] = ChainFold.Fold(ref chains[sum * Chains]);
    }
}
