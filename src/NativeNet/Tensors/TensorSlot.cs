using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Tensors;

/// <summary>A tensor of parameters: what files call it, and its place in a network's parameter buffer.</summary>
/// <remarks>
/// In files it is row-major, outputs first. In the buffer it is a matrix of <see cref="Columns"/> outputs and
/// <see cref="Rows"/> products of a sum, in panels; a vector has one row.
/// </remarks>
/// <param name="Layer">The layer's position in the network's file.</param>
/// <param name="Name">Its name in files, for example <c>layers.1.weight</c>.</param>
/// <param name="Shape">Its shape in files, outputs first, for example (units, inputs).</param>
/// <param name="Offset">Its first float in the buffer.</param>
/// <param name="PanelWidth">The columns of a full panel; as many as there are outputs where nothing is padded.</param>
/// <param name="IsGathered">Whether training gathers it, as running averages, rather than following its gradient.</param>
/// <param name="Gates">Parts of the outputs whose columns lie side by side in every panel.</param>
/// <param name="IsFrozen">Whether training leaves it as it is.</param>
public sealed record TensorSlot(
    int Layer, string Name, EquatableArray<int> Shape, int Offset, int PanelWidth, bool IsGathered = false, int Gates = 1, bool IsFrozen = false)
{
    /// <summary>Whether it follows a gradient.</summary>
    public bool IsTrained => !IsGathered && !IsFrozen;

    /// <summary>What files call a tensor.</summary>
    /// <param name="layer">The layer's position in the network's file.</param>
    /// <param name="tensor">The tensor's name within the layer, for example <c>weight</c>.</param>
    public static string NameOf(int layer, string tensor)
        => string.Format(CultureInfo.InvariantCulture, "layers.{0}.{1}", layer, tensor);

    /// <summary>N, the outputs: the first dimension.</summary>
    public int Columns => Shape[0];

    /// <summary>K, the products of a sum: the product of the other dimensions, 1 for a vector.</summary>
    public int Rows
    {
        get
        {
            int rows = 1;
            for (int i = 1; i < Shape.Count; i++)
                rows = checked(rows * Shape[i]);
            return rows;
        }
    }

    /// <summary>The elements, without padding.</summary>
    public int Count => checked(Rows * Columns);

    /// <summary>Where each element lies, counted from <see cref="Offset"/>.</summary>
    public PanelMatrix Matrix => new(Rows, Columns, PanelWidth, Gates);
}
