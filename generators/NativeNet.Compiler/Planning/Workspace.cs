using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A workspace: named stretches of floats in memory that the caller owns.</summary>
/// <param name="Buffers">The stretches; those that are never needed at once may share their place.</param>
/// <param name="Length">Floats.</param>
internal sealed record Workspace(EquatableArray<Buffer> Buffers, int Length);

/// <summary>Gives every buffer the lowest place that nothing in its way covers.</summary>
/// <remarks>First fit in the order in which buffers are added.</remarks>
/// <param name="target">What says where a buffer may begin.</param>
/// <param name="sharing">How the memory of one buffer stands to that of another.</param>
/// <param name="lifetime">How long what the buffers hold is needed.</param>
internal sealed class WorkspaceBuilder(Target target, Func<string, string, Sharing> sharing, Lifetime lifetime = Lifetime.Workspace)
{
    private readonly List<Buffer> _placed = [];

    /// <summary>Places a buffer.</summary>
    /// <param name="name">The constant of its offset.</param>
    /// <param name="length">Floats.</param>
    /// <param name="meaning">Its shape and content.</param>
    public void Add(string name, int length, string meaning)
    {
        int size = target.Align(length);
        (Buffer Buffer, Sharing Sharing)[] others = [.. _placed.Select(other => (other, sharing(other.Name, name))).Where(static other => other.Item2 != Sharing.Any)];
        IEnumerable<int> places = others.Select(static other => checked(other.Buffer.Offset + other.Buffer.Length))
            .Concat(others.Where(static other => other.Sharing == Sharing.SamePlace).Select(static other => other.Buffer.Offset))
            .Append(0);
        int offset = places.OrderBy(static place => place).First(place => others.All(other => Fits(other.Buffer, other.Sharing, place, size)));
        _placed.Add(new Buffer(name, lifetime, offset, size, meaning));
    }

    public Workspace Build() => new(
        new EquatableArray<Buffer>([.. _placed]),
        _placed.Count == 0 ? 0 : _placed.Max(static placed => checked(placed.Offset + placed.Length)));

    private static bool Fits(Buffer other, Sharing sharing, int offset, int size)
        => (sharing == Sharing.SamePlace && other.Offset == offset && other.Length == size)
            || checked(offset + size) <= other.Offset || other.Offset + other.Length <= offset;
}
