using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Where the elements of an ONNX tensor lie among those of a sample here.</summary>
/// <remarks>
/// A sample is a row-major array over factors, each greater than 1. Every axis of the tensor but the batch is a product of some of
/// them, most significant first, so that transposing, flattening and reshaping change the map and move nothing: an image of
/// (batch, channels, rows, columns) lies here as rows · columns · channels, and stays there when ONNX flattens it.
/// </remarks>
internal sealed class AxisMap
{
    private readonly ImmutableArray<int> _factors;
    private readonly ImmutableArray<ImmutableArray<int>> _axes;
    private readonly int[]? _order;

    private AxisMap(int batch, int batchAxis, ImmutableArray<int> factors, ImmutableArray<ImmutableArray<int>> axes, int[]? order = null)
    {
        Batch = batch;
        BatchAxis = batchAxis;
        (_factors, _axes) = Merge(factors, axes);
        _order = order;
    }

    /// <summary>The samples that the file speaks of; 1 where it leaves them open.</summary>
    public int Batch { get; }

    /// <summary>The axis of the samples.</summary>
    public int BatchAxis { get; }

    /// <summary>The axes, that of the samples among them.</summary>
    public int Rank => _axes.Length;

    /// <summary>The elements of a sample.</summary>
    public int Length => _factors.Aggregate(1, static (product, factor) => checked(product * factor));

    /// <summary>The sizes of all axes.</summary>
    public ImmutableArray<int> Dimensions => [.. Enumerable.Range(0, Rank).Select(axis => this[axis])];

    /// <summary>The size of an axis.</summary>
    /// <param name="axis">From 0.</param>
    public int this[int axis] => axis == BatchAxis ? Batch : _axes[axis].Aggregate(1, (product, factor) => product * _factors[factor]);

    /// <summary>A tensor whose samples lie here with their axes in another order.</summary>
    /// <param name="dimensions">The sizes of all axes, positive.</param>
    /// <param name="batchAxis">The axis of the samples.</param>
    /// <param name="memory">The other axes in the order in which they lie here, outermost first.</param>
    public static AxisMap Of(ImmutableArray<int> dimensions, int batchAxis, params ReadOnlySpan<int> memory)
    {
        var axes = Enumerable.Repeat(ImmutableArray<int>.Empty, dimensions.Length).ToArray();
        var factors = ImmutableArray.CreateBuilder<int>();
        foreach (int axis in memory)
        {
            if (dimensions[axis] == 1)
                continue;
            axes[axis] = [factors.Count];
            factors.Add(dimensions[axis]);
        }

        return new AxisMap(dimensions[batchAxis], batchAxis, factors.ToImmutable(), [.. axes]);
    }

    /// <summary>Vectors that lie here as they do there.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="length">The elements of a vector.</param>
    public static AxisMap OfVector(int batch, int length) => Of([batch, length], 0, 1);

    /// <summary>Vectors side by side, each in its own order.</summary>
    /// <param name="maps">Maps of two axes.</param>
    public static AxisMap Join(IReadOnlyList<AxisMap> maps)
    {
        int length = maps.Sum(static map => map.Length), start = 0;
        int[] order = new int[length];
        foreach (AxisMap map in maps)
        {
            int[]? part = map.Positions();
            for (int i = 0; i < map.Length; i++)
                order[start + i] = start + (part is null ? i : part[i]);
            start += map.Length;
        }

        AxisMap joined = OfVector(maps[0].Batch, length);
        return IsIdentity(order) ? joined : new AxisMap(joined.Batch, 0, joined._factors, joined._axes, order);
    }

    /// <summary>Whether a sample is nothing but these axes, in this order, outermost first.</summary>
    /// <param name="axes">All axes but that of the samples.</param>
    public bool IsInMemoryOrder(params ReadOnlySpan<int> axes)
    {
        int next = 0;
        foreach (int axis in axes)
        {
            foreach (int factor in _axes[axis])
            {
                if (factor != next++)
                    return false;
            }
        }

        return next == _factors.Length && _order is null;
    }

    /// <summary>All axes but that of the samples in the order in which they lie here, outermost first; null where one lies between the parts of another.</summary>
    public ImmutableArray<int>? MemoryOrder()
    {
        int[] axes = [.. Enumerable.Range(0, Rank).Where(axis => axis != BatchAxis).OrderBy(axis => _axes[axis].FirstOrDefault(-1))];
        return IsInMemoryOrder(axes) ? [.. axes] : null;
    }

    /// <summary>The same axes with other sizes.</summary>
    /// <param name="order">The axes in the order in which they lie here.</param>
    /// <param name="sizes">The size of each axis.</param>
    public AxisMap Resize(ImmutableArray<int> order, IEnumerable<int> sizes) => Of([.. sizes], BatchAxis, order.AsSpan());

    /// <summary>Whether the elements along an axis follow each other in a sample.</summary>
    /// <param name="axis">An axis.</param>
    public bool IsInnermost(int axis)
        => _order is null && _axes[axis].SequenceEqual(Enumerable.Range(_factors.Length - _axes[axis].Length, _axes[axis].Length));

    /// <summary>Whether another tensor of the same axes lies here in the same way.</summary>
    /// <param name="other">Another map.</param>
    public bool IsAs(AxisMap other)
        => BatchAxis == other.BatchAxis && Batch == other.Batch && _factors.SequenceEqual(other._factors) && Rank == other.Rank
            && _axes.Zip(other._axes).All(static pair => pair.First.SequenceEqual(pair.Second))
            && (_order is null ? other._order is null : other._order is not null && _order.AsSpan().SequenceEqual(other._order));

    /// <summary>The position of each element of a sample here in the tensor there, samples aside; null where all are in their places.</summary>
    public int[]? Positions()
    {
        if (_order is not null)
            return _order;

        int[] theirs = [.. _axes.SelectMany(static axis => axis)];
        int[] strides = new int[_factors.Length];
        int stride = 1;
        for (int i = theirs.Length - 1; i >= 0; i--)
        {
            strides[theirs[i]] = stride;
            stride *= _factors[theirs[i]];
        }

        int[] positions = new int[Length];
        int run = positions.Length;
        for (int factor = 0; factor < strides.Length; factor++)
        {
            run /= _factors[factor];
            for (int i = 0; i < positions.Length; i++)
                positions[i] += i / run % _factors[factor] * strides[factor];
        }

        return IsIdentity(positions) ? null : positions;
    }

    /// <summary>The same elements with their axes in another order.</summary>
    /// <param name="permutation">For each axis the one that takes its place.</param>
    public AxisMap Transpose(IReadOnlyList<int> permutation)
        => new(Batch, permutation.ToList().IndexOf(BatchAxis), _factors, [.. permutation.Select(axis => _axes[axis])], _order);

    /// <summary>The same elements without axes of size 1.</summary>
    /// <param name="axes">Axes of size 1, not that of the samples.</param>
    public AxisMap Without(IReadOnlyCollection<int> axes)
        => new(Batch, BatchAxis - axes.Count(axis => axis < BatchAxis), _factors, [.. _axes.Where((_, axis) => !axes.Contains(axis))], _order);

    /// <summary>The same elements with another axis of size 1.</summary>
    /// <param name="axis">Its place.</param>
    public AxisMap With(int axis)
        => new(Batch, BatchAxis + (axis <= BatchAxis ? 1 : 0), _factors, _axes.Insert(axis, []), _order);

    /// <summary>The same elements under another shape.</summary>
    /// <param name="dimensions">Positive sizes with as many elements.</param>
    /// <returns>Null where samples are merged with other axes, or elements of a sample are not where the shape would have them.</returns>
    public AxisMap? Reshape(ImmutableArray<int> dimensions)
    {
        if (dimensions.SequenceEqual(Dimensions))
            return this;
        return _order is null ? new AxisSplit(this).Reshape(dimensions) : null;
    }

    private static bool IsIdentity(int[] positions)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i] != i)
                return false;
        }

        return true;
    }

    /// <summary>Makes one factor of two that follow each other both here and on an axis there, so that equal maps look equal.</summary>
    private static (ImmutableArray<int> Factors, ImmutableArray<ImmutableArray<int>> Axes) Merge(ImmutableArray<int> factors, ImmutableArray<ImmutableArray<int>> axes)
    {
        bool[] continues = new bool[factors.Length];
        foreach (ImmutableArray<int> axis in axes)
        {
            for (int i = 1; i < axis.Length; i++)
                continues[axis[i]] = axis[i] == axis[i - 1] + 1;
        }

        if (!continues.Contains(true))
            return (factors, axes);

        int[] places = new int[factors.Length];
        var merged = new List<int>();
        for (int factor = 0; factor < places.Length; factor++)
        {
            if (continues[factor])
                merged[^1] *= factors[factor];
            else
                merged.Add(factors[factor]);
            places[factor] = merged.Count - 1;
        }

        return ([.. merged], [.. axes.Select(axis => (ImmutableArray<int>)[.. axis.Where(factor => !continues[factor]).Select(factor => places[factor])])]);
    }

    /// <summary>The factors of a map in the order of its axes, to be dealt out to other axes.</summary>
    private sealed class AxisSplit
    {
        private readonly AxisMap _map;
        private readonly List<int> _sizes;

        /// <summary>The factors as they lie here.</summary>
        private readonly List<int> _memory;

        /// <summary>The factors as the axes have them, −1 for the samples.</summary>
        private readonly LinkedList<int> _rest;

        public AxisSplit(AxisMap map)
        {
            _map = map;
            _sizes = [.. map._factors];
            _memory = [.. Enumerable.Range(0, _sizes.Count)];
            _rest = new LinkedList<int>();
            foreach (int factor in map._axes.SelectMany((axis, i) => i == map.BatchAxis ? [-1] : axis.AsEnumerable()))
                Append(factor);
        }

        public AxisMap? Reshape(ImmutableArray<int> dimensions)
        {
            var axes = new List<List<int>>();
            int batchAxis = -1;
            foreach (int dimension in dimensions)
            {
                List<int> axis = [];
                axes.Add(axis);
                if (_rest.First?.Value == -1 && dimension == _map.Batch)
                {
                    batchAxis = axes.Count - 1;
                    _rest.RemoveFirst();
                }
                else if (!Deal(dimension, axis))
                {
                    return null;
                }
            }

            if (batchAxis < 0 || _rest.Count > 0)
                return null;

            int[] places = new int[_sizes.Count];
            for (int i = 0; i < _memory.Count; i++)
                places[_memory[i]] = i;
            return new AxisMap(
                _map.Batch, batchAxis, [.. _memory.Select(factor => _sizes[factor])],
                [.. axes.Select(axis => (ImmutableArray<int>)[.. axis.Select(factor => places[factor])])]);
        }

        /// <summary>Adds a factor, as part of the one before where they lie side by side here too: any shape may cut the two anew.</summary>
        private void Append(int factor)
        {
            if (factor < 0 || _rest.Last is not { Value: >= 0 and var before } || _memory.IndexOf(factor) != _memory.IndexOf(before) + 1)
            {
                _rest.AddLast(factor);
                return;
            }

            _sizes[before] *= _sizes[factor];
            _sizes[factor] = 1;
            _memory.Remove(factor);
        }

        /// <summary>Takes factors, the last one perhaps in part, whose product is a size.</summary>
        private bool Deal(int size, List<int> axis)
        {
            while (size > 1)
            {
                if (_rest.First is not { Value: >= 0 and var factor })
                    return false;

                _rest.RemoveFirst();
                axis.Add(factor);
                if (size % _sizes[factor] == 0)
                {
                    size /= _sizes[factor];
                }
                else if (_sizes[factor] % size == 0)
                {
                    _sizes.Add(_sizes[factor] / size);
                    _sizes[factor] = size;
                    _memory.Insert(_memory.IndexOf(factor) + 1, _sizes.Count - 1);
                    _rest.AddFirst(_sizes.Count - 1);
                    size = 1;
                }
                else
                {
                    return false;
                }
            }

            return true;
        }
    }
}
