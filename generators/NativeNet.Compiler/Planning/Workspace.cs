using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A workspace: named stretches of floats in memory that the caller owns.</summary>
/// <param name="Buffers">The stretches; those that are never needed at once may share their place.</param>
/// <param name="Length">Floats.</param>
internal sealed record Workspace(EquatableArray<WorkspaceBuffer> Buffers, int Length);

/// <summary>A named stretch of a workspace.</summary>
/// <param name="Name">The constant that holds its offset.</param>
/// <param name="Offset">Floats from the start, a multiple of 16.</param>
/// <param name="Length">Floats.</param>
/// <param name="Meaning">Its shape and content, for the comment.</param>
internal readonly record struct WorkspaceBuffer(string Name, int Offset, int Length, string Meaning);

/// <summary>Gives every buffer the lowest place that nothing alive at the same time covers.</summary>
/// <remarks>First fit in the order of the calls; for a chain of layers that is two places in turn.</remarks>
internal sealed class WorkspaceBuilder
{
    private readonly List<(WorkspaceBuffer Buffer, int First, int Last)> _placed = [];

    /// <summary>Places a buffer that lives as long as the workspace.</summary>
    public void Add(string name, int length, string meaning) => Add(name, length, meaning, int.MinValue, int.MaxValue);

    /// <summary>Places a buffer.</summary>
    /// <param name="name">The constant of its offset.</param>
    /// <param name="length">Floats.</param>
    /// <param name="meaning">Its shape and content.</param>
    /// <param name="first">The step that writes it.</param>
    /// <param name="last">The last step that reads it.</param>
    public void Add(string name, int length, string meaning, int first, int last)
    {
        int size = (length + ParameterLayout.Alignment - 1) / ParameterLayout.Alignment * ParameterLayout.Alignment, offset = 0;
        foreach ((WorkspaceBuffer other, _, _) in _placed.Where(other => first <= other.Last && other.First <= last).OrderBy(static other => other.Buffer.Offset))
        {
            if (offset + size <= other.Offset)
                break;
            offset = Math.Max(offset, other.Offset + other.Length);
        }

        _placed.Add((new WorkspaceBuffer(name, offset, size, meaning), first, last));
    }

    public Workspace Build() => new(
        new EquatableArray<WorkspaceBuffer>([.. _placed.Select(static placed => placed.Buffer)]),
        _placed.Max(static placed => placed.Buffer.Offset + placed.Buffer.Length));
}
