using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet;

/// <summary>Parts of a phase whose chains go from process to process in one message.</summary>
/// <param name="parts">The parts, which may run at once.</param>
/// <param name="relays">The chains of each.</param>
/// <param name="owner">The process that needs the whole sums; −1 where all do.</param>
internal sealed unsafe class SumTurn(PhasePart[] parts, ChainRelay[] relays, int owner = -1)
{
    /// <summary>The parts.</summary>
    public PhasePart[] Parts => parts;

    /// <summary>The chains of each.</summary>
    public ChainRelay[] Relays => relays;

    /// <summary>The process that needs the whole sums; −1 where all do.</summary>
    public int Owner => owner;

    /// <summary>How many sums.</summary>
    public int SumCount { get; } = relays.Sum(static relay => relay.Sums);

    /// <summary>The floats of their chains.</summary>
    public int ChainCount => SumCount * RowSum.PartialSums;

    /// <summary>(SumCount, 16): on the way from process to process.</summary>
    public float* Chains { get; private set; }

    /// <summary>(SumCount): on the way to the owner.</summary>
    public float* Sums { get; private set; }

    /// <summary>Those of some parts that make chains.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="count">Finds how many chains a part makes.</param>
    public static (PhasePart Part, ChainRelay Relay)[] WithChains(IEnumerable<PhasePart> parts, Func<PhasePart, ChainRelay> count)
        => [.. parts.Select(part => (part, count(part))).Where(static own => own.Item2.Sums > 0)];

    /// <summary>A turn of such parts.</summary>
    /// <param name="parts">The parts and their chains.</param>
    /// <param name="owner">The process that needs the whole sums; −1 where all do.</param>
    public static SumTurn Of((PhasePart Part, ChainRelay Relay)[] parts, int owner = -1)
        => new([.. parts.Select(static own => own.Part)], [.. parts.Select(static own => own.Relay)], owner);

    /// <summary>Several as one.</summary>
    /// <param name="turns">Those, whose sums lie one behind the other.</param>
    public static SumTurn Of(IEnumerable<SumTurn> turns)
        => new([.. turns.SelectMany(static turn => turn.Parts)], [.. turns.SelectMany(static turn => turn.Relays)]);

    /// <summary>The floats that turns need room for.</summary>
    /// <param name="turns">The turns.</param>
    public static int RoomOf(IEnumerable<SumTurn> turns) => turns.Sum(static turn => turn.ChainCount + turn.SumCount);

    /// <summary>Gives turns their room: the sums of all of them one behind the other, and then the chains.</summary>
    /// <param name="turns">The turns.</param>
    /// <param name="room">(RoomOf).</param>
    public static void Place(IReadOnlyList<SumTurn> turns, float* room)
    {
        float* chains = room + turns.Sum(static turn => turn.SumCount);
        foreach (SumTurn turn in turns)
        {
            turn.Place(chains, room);
            chains += turn.ChainCount;
            room += turn.SumCount;
        }
    }

    /// <summary>Gives it room.</summary>
    /// <param name="chains">(SumCount, 16).</param>
    /// <param name="sums">(SumCount).</param>
    public void Place(float* chains, float* sums)
    {
        Chains = chains;
        Sums = sums;
        foreach (ChainRelay relay in relays)
        {
            relay.Place(chains, sums);
            chains += relay.Sums * RowSum.PartialSums;
            sums += relay.Sums;
        }
    }

    /// <summary>Prepares a run of the parts.</summary>
    /// <param name="round">How many sums the present ones depend on.</param>
    /// <param name="from">Where chains come from.</param>
    /// <param name="to">Where they go.</param>
    public void Start(int round, ChainStop from, ChainStop to)
    {
        foreach (ChainRelay relay in relays)
            relay.Start(round, from, to);
    }
}
