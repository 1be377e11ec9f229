using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>One step of a procedure.</summary>
internal abstract record Step;

/// <summary>An operation on values.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Reads">The values that it reads: a layer's operands first, in their order.</param>
/// <param name="Writes">The values that it writes: the result first; one that is read as well is changed in place.</param>
internal sealed record Call(Op Op, EquatableArray<View> Reads, EquatableArray<View> Writes) : Step;

/// <summary>Steps done for one block of samples after the other, while the block is in the cache.</summary>
/// <param name="Calls">The steps.</param>
internal sealed record ForBlocks(EquatableArray<Call> Calls) : Step;

/// <summary>How the work of a phase is cut among threads. Outputs are cut, sums never.</summary>
internal enum PhaseKind
{
    /// <summary>By rows of the batch.</summary>
    Rows,

    /// <summary>By channels of sums over the batch.</summary>
    Statistics,

    /// <summary>By parameters.</summary>
    Update,
}

/// <summary>Steps between two barriers.</summary>
/// <param name="Kind">How their work is cut.</param>
/// <param name="Steps">The steps: calls, and for rows also loops over blocks.</param>
internal sealed record Phase(PhaseKind Kind, EquatableArray<Step> Steps) : Step
{
    /// <summary>All calls, those inside of loops too, in order.</summary>
    public IEnumerable<Call> Calls => Steps.SelectMany(static step => step is ForBlocks loop ? loop.Calls : (IEnumerable<Call>)[(Call)step]);
}

/// <summary>One of a network's operations for its user, as steps over a workspace.</summary>
/// <param name="Workspace">Its scratch memory; several procedures may share the layout of one.</param>
/// <param name="Steps">The steps.</param>
internal sealed record Procedure(Workspace Workspace, EquatableArray<Step> Steps)
{
    /// <summary>The phases between barriers; none where a procedure is not shared among threads.</summary>
    public IEnumerable<Phase> Phases => Steps.OfType<Phase>();

    /// <summary>All calls in order.</summary>
    public IEnumerable<Call> Calls => Steps.SelectMany(static step => step is Phase phase ? phase.Calls : [(Call)step]);
}
