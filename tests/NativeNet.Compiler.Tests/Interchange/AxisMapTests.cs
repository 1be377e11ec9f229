extern alias runner;

using System.Collections.Immutable;
using runner::NativeNet.Program.Interchange.Onnx;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>A map says where elements lie, whatever happens to the axes: compared with arrays that are moved for real.</summary>
public sealed class AxisMapTests
{
    [Fact]
    public void Axes_that_are_transposed_and_reshaped_at_random_stay_at_their_elements()
    {
        var random = new Random(1);
        int reshaped = 0, refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            int[] sizes = [1 + (2 * random.Next(2)), .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 7))];
            int[] memory = [.. Enumerable.Range(1, sizes.Length - 1)];
            random.Shuffle(memory);
            var map = AxisMap.Of([.. sizes], 0, memory);
            (ImmutableArray<int> shape, int[] elements) = Elements(sizes, memory);
            for (int step = random.Next(4); step >= 0; step--)
            {
                if (random.Next(2) == 0)
                {
                    int[] permutation = [.. Enumerable.Range(0, shape.Length)];
                    random.Shuffle(permutation);
                    (shape, elements) = Transpose(shape, elements, permutation);
                    map = map.Transpose(permutation);
                }
                else
                {
                    ImmutableArray<int> wanted = Reshape(random, elements.Length);
                    if (map.Reshape(wanted) is { } other)
                    {
                        (map, shape) = (other, wanted);
                        reshaped++;
                    }
                    else
                    {
                        refused++;
                    }
                }

                Check(map, shape, elements);
            }
        }

        Assert.True(reshaped > 300 && refused > 300, $"{reshaped} {refused}");
    }

    [Theory]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 2, 60 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 2, 3, 20 })]
    [InlineData(new[] { 2, 6, 4, 5 }, new[] { 2, 2, 3, 4, 5 })]
    public void Images_can_be_flattened_and_split(int[] from, int[] to)
    {
        AxisMap map = AxisMap.Of([.. from], 0, 2, 3, 1).Reshape([.. to])!;
        Assert.Equal(to, map.Dimensions);
        Assert.Equal(map.Dimensions, map.Reshape([.. from])!.Reshape([.. to])!.Dimensions);
        Assert.True(map.Reshape([.. from])!.IsInMemoryOrder(2, 3, 1));
    }

    [Fact]
    public void Samples_are_merged_with_nothing()
    {
        var map = AxisMap.Of([2, 3, 4], 0, 1, 2);
        Assert.Null(map.Reshape([6, 4]));
        Assert.Null(map.Reshape([24]));
        Assert.Null(AxisMap.OfVector(1, 6).Reshape([6]));
    }

    [Fact]
    public void Vectors_side_by_side_keep_their_orders()
    {
        AxisMap image = AxisMap.Of([1, 2, 3], 0, 2, 1).Reshape([1, 6])!;
        Assert.Equal([0, 3, 1, 4, 2, 5], image.Positions()!);
        Assert.Equal([0, 3, 1, 4, 2, 5, 6, 7], AxisMap.Join([image, AxisMap.OfVector(1, 2)]).Positions()!);
        Assert.Null(AxisMap.Join([AxisMap.OfVector(1, 2), AxisMap.OfVector(1, 2)]).Positions());
    }

    private static void Check(AxisMap map, ImmutableArray<int> shape, int[] elements)
    {
        Assert.Equal(shape, map.Dimensions);
        int[] found = [.. Enumerable.Range(0, map.Length)];
        int[]? positions = map.Positions();

        // The first sample's elements in the order of the tensor, samples aside.
        int[] theirs = [.. Places(shape).Where(place => place.Index[map.BatchAxis] == 0).Select(place => elements[place.Place])];
        for (int i = 0; i < found.Length; i++)
            Assert.Equal(i, theirs[positions is null ? i : positions[i]]);
    }

    /// <summary>A tensor whose elements are their places among those of a sample, plus the sample's length for each sample before.</summary>
    private static (ImmutableArray<int> Shape, int[] Elements) Elements(int[] sizes, int[] memory)
    {
        int[] elements = [.. Places([.. sizes]).Select(place => memory.Aggregate(place.Index[0], (sum, axis) => (sum * sizes[axis]) + place.Index[axis]))];
        return ([.. sizes], elements);
    }

    private static (ImmutableArray<int> Shape, int[] Elements) Transpose(ImmutableArray<int> shape, int[] elements, int[] permutation)
    {
        ImmutableArray<int> other = [.. permutation.Select(axis => shape[axis])];
        int[] moved = [.. Places(other).Select(place =>
        {
            int[] index = new int[shape.Length];
            for (int axis = 0; axis < index.Length; axis++)
                index[permutation[axis]] = place.Index[axis];
            return elements[index.Select((at, axis) => (at, axis)).Aggregate(0, (sum, each) => (sum * shape[each.axis]) + each.at)];
        })];
        return (other, moved);
    }

    private static ImmutableArray<int> Reshape(Random random, int length)
    {
        var shape = new List<int>();
        while (length > 1 && shape.Count < 4)
        {
            int[] divisors = [.. Enumerable.Range(1, length).Where(divisor => length % divisor == 0)];
            shape.Add(divisors[random.Next(divisors.Length)]);
            length /= shape[^1];
        }

        return [.. shape, length];
    }

    private static IEnumerable<(int Place, int[] Index)> Places(ImmutableArray<int> shape)
    {
        int count = shape.Aggregate(1, static (product, size) => product * size);
        for (int place = 0; place < count; place++)
        {
            int[] index = new int[shape.Length];
            int rest = place;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            yield return (place, index);
        }
    }
}
