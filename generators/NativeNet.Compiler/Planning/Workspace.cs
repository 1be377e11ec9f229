using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A workspace: named stretches of floats in memory that the caller owns.</summary>
/// <param name="Buffers">The stretches; those that are never needed at once may share their place.</param>
/// <param name="Length">Floats.</param>
internal sealed record Workspace(EquatableArray<Buffer> Buffers, int Length);

/// <summary>Gives every buffer the lowest place that nothing alive at the same time covers.</summary>
/// <remarks>First fit in the order of the calls; for a chain of layers that is two places in turn.</remarks>
/// <param name="target">What says where a buffer may begin.</param>
/// <param name="lifetime">How long what the buffers hold is needed.</param>
internal sealed class WorkspaceBuilder(Target target, Lifetime lifetime = Lifetime.Workspace)
{
    private readonly List<(Buffer Buffer, int First, int Last)> _placed = [];

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
        int size = target.Align(length), offset = 0;
        foreach ((Buffer other, _, _) in _placed.Where(other => first <= other.Last && other.First <= last).OrderBy(static other => other.Buffer.Offset))
        {
            if (checked(offset + size) <= other.Offset)
                break;
            offset = Math.Max(offset, checked(other.Offset + other.Length));
        }

        _placed.Add((new Buffer(name, lifetime, offset, size, meaning), first, last));
    }

    public Workspace Build() => new(
        new EquatableArray<Buffer>([.. _placed.Select(static placed => placed.Buffer)]),
        _placed.Count == 0 ? 0 : _placed.Max(static placed => checked(placed.Buffer.Offset + placed.Buffer.Length)));
}
