using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>One step of a procedure.</summary>
internal abstract record Step;

/// <summary>An operation on values.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Reads">The values that it reads: a layer's operands first, in their order.</param>
/// <param name="Writes">The values that it writes: the result first; one that is read as well is changed in place.</param>
internal sealed record Call(Op Op, EquatableArray<View> Reads, EquatableArray<View> Writes) : Step
{
    /// <summary>Results that may take the place of what is read, if nobody needs that afterwards.</summary>
    public EquatableArray<Replacement> InPlace { get; init; }

    /// <summary>The values of samples that it reads in a workspace.</summary>
    public IEnumerable<View> WorkspaceReads => Reads.Where(static view => view.Form != SampleForm.Whole && view.Buffer is not (Buffer.Inputs or Buffer.Targets));
}

/// <summary>A result whose every element is written behind the last read of the same element of an operand.</summary>
/// <param name="Read">The operand.</param>
/// <param name="Written">The result, as long as the operand.</param>
internal readonly record struct Replacement(View Read, View Written);

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

    /// <summary>Whether a value is still in its place behind the procedure: nothing was written over it.</summary>
    /// <param name="view">A value of the workspace.</param>
    public bool Leaves(View view)
    {
        Dictionary<string, Buffer> places = Workspace.Buffers.ToDictionary(static buffer => buffer.Name);
        Buffer own = places[view.Buffer];
        View? last = Calls.SelectMany(static call => call.Writes).LastOrDefault(written
            => places.TryGetValue(written.Buffer, out Buffer other) && other.Overlaps(own));
        return last?.Buffer == view.Buffer;
    }
}
