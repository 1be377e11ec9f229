using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Which shape the operators give that change nothing else, for constants and for values that depend on the sample.</summary>
internal static class ShapeRules
{
    /// <summary>What Reshape makes of a shape.</summary>
    /// <param name="call">The node.</param>
    /// <param name="shape">The sizes of what it reads.</param>
    public static ImmutableArray<int> Reshaped(OperatorCall call, ImmutableArray<int> shape)
    {
        ImmutableArray<int> wanted = call.IntegersOf("shape", 1) ?? throw call.Unsupported("does not say its shape");
        bool keepsZeros = call.Integer("allowzero", 0) != 0;
        int[] sizes = [.. wanted.Select((size, axis) => size == 0 && !keepsZeros && axis < shape.Length ? shape[axis] : size)];
        long count = Product(shape), known = Product(sizes.Where(static size => size != -1));
        if (sizes.Count(static size => size == -1) > 1 || sizes.Any(static size => size < -1) || known <= 0 || (sizes.Contains(-1) ? count % known : count - known) != 0)
            throw call.Unsupported($"gives the shape [{string.Join(", ", wanted)}] to [{string.Join(", ", shape)}]", "it must hold as many elements");
        return [.. sizes.Select(size => size == -1 ? (int)(count / known) : size)];
    }

    /// <summary>What Flatten makes of a shape.</summary>
    /// <param name="call">The node.</param>
    /// <param name="shape">The sizes of what it reads.</param>
    public static ImmutableArray<int> Flattened(OperatorCall call, ImmutableArray<int> shape)
    {
        int axis = call.Integer("axis", 1);
        axis = axis == shape.Length ? axis : call.Axis(axis, shape.Length);
        return [(int)Product(shape.Take(axis)), (int)Product(shape.Skip(axis))];
    }

    /// <summary>The axes that Squeeze takes away.</summary>
    /// <param name="call">The node.</param>
    /// <param name="shape">The sizes of what it reads.</param>
    /// <param name="batchAxis">The axis of the samples, which stays where the node does not name it; −1 for none.</param>
    public static ImmutableArray<int> Squeezed(OperatorCall call, ImmutableArray<int> shape, int batchAxis)
    {
        ImmutableArray<int> axes = call.IntegersOf("axes", 1) is { } named
            ? [.. named.Select(axis => call.Axis(axis, shape.Length)).Distinct()]
            : [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] == 1 && axis != batchAxis)];
        return axes.All(axis => shape[axis] == 1) ? axes : throw call.Unsupported("takes away an axis whose size is not 1");
    }

    /// <summary>The axes that Unsqueeze adds, ascending.</summary>
    /// <param name="call">The node.</param>
    /// <param name="rank">The axes of what it reads.</param>
    public static ImmutableArray<int> Unsqueezed(OperatorCall call, int rank)
    {
        ImmutableArray<int> axes = call.IntegersOf("axes", 1) ?? throw call.Unsupported("does not say its axes");
        return axes.Length > 8 ? throw call.Unsupported("adds more axes than tensors of networks have") : [.. axes.Select(axis => call.Axis(axis, rank + axes.Length)).Distinct().Order()];
    }

    /// <summary>For each axis of what Transpose gives the one that takes its place.</summary>
    /// <param name="call">The node.</param>
    /// <param name="rank">The axes.</param>
    public static ImmutableArray<int> Permutation(OperatorCall call, int rank)
    {
        ImmutableArray<int> permutation = call.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, rank)) ? permutation : throw call.Unsupported("has a perm that is no order of its axes");
    }

    /// <summary>A shape with axes of size 1 in front.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="rank">The axes that it gets; those that it has, at least.</param>
    public static ImmutableArray<int> Widened(ImmutableArray<int> shape, int rank) => [.. Enumerable.Repeat(1, Math.Max(0, rank - shape.Length)), .. shape];

    /// <summary>The product of sizes, held below an overflow.</summary>
    private static long Product(IEnumerable<int> sizes) => sizes.Aggregate(1L, static (product, size) => product > int.MaxValue ? product : product * size);
}
