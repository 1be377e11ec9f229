namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A layer of a drawn network, or its input.</summary>
/// <param name="keys">Its type and keys as JSON, but for <c>from</c> and <c>name</c>; empty for the input.</param>
/// <param name="shape">What it puts out.</param>
internal sealed class DrawnNode(string keys, params int[] shape)
{
    public string Keys { get; set; } = keys;

    public int[] Shape { get; } = shape;

    public int Length => Shape.Aggregate(1, static (length, side) => length * side);

    public string? Name { get; set; }

    /// <summary>The names it reads, empty for the layer before.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    public bool IsRead { get; set; }

    public override string ToString()
    {
        string from = From.Count switch
        {
            0 => "",
            1 => $", \"from\": \"{From[0]}\"",
            _ => $", \"from\": [{string.Join(", ", From.Select(static name => $"\"{name}\""))}]",
        };
        return $"{{ {Keys}{from}{(Name is null ? "" : $", \"name\": \"{Name}\"")} }}";
    }
}
