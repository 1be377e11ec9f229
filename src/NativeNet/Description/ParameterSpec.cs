namespace NativeNet.Description;

/// <summary>One tensor of numbers that a layer keeps: trained, or gathered while training.</summary>
/// <param name="Name">Its name within the layer, as files spell it: <c>weight</c>, <c>bias</c>.</param>
/// <param name="Dimensions">Its shape in files, outputs first.</param>
/// <param name="Initializer">The distribution of its first values, or null where all are <paramref name="Start"/>.</param>
/// <param name="Start">The first value of every element without an initializer.</param>
public sealed record ParameterSpec(
    string Name, EquatableArray<int> Dimensions, InitializerSpec? Initializer = null, float Start = 0)
{
    /// <summary>Whether it is gathered from the data, by training steps or before them, rather than trained by its gradient, which is 0.</summary>
    public bool IsGathered { get; init; }

    /// <summary>Whether it is added to sums or to normalized values.</summary>
    public bool IsBias => Name is "bias" or "bias_n";

    /// <summary>Whether every position of a sample meets the same elements, so that their columns lie side by side in one panel.</summary>
    public bool IsShared { get; init; }

    /// <summary>The gates of a recurrent cell whose outputs lie one gate behind the other; 0 in other layers.</summary>
    public int Gates { get; init; }

    /// <summary>Whether it is multiplied with a cell's own state, and its first values have random numbers of their own.</summary>
    public bool IsRecurrent { get; init; }

    /// <summary>The first value of every gate, where they differ; else empty.</summary>
    public EquatableArray<float> GateStarts { get; init; }

    /// <summary>The first value of an output's elements, where there is no initializer.</summary>
    /// <param name="column">n, from 0 to N − 1.</param>
    public float StartOf(int column) => GateStarts.Count == 0 ? Start : GateStarts[column / (Dimensions[0] / GateStarts.Count)];

    /// <summary>The elements: the product of the dimensions.</summary>
    public int Count => Dimensions.Aggregate(1, static (count, size) => checked(count * size));

    /// <summary>A matrix that forward sums run down, (columns, rows) in files.</summary>
    /// <param name="name">Its name within the layer.</param>
    /// <param name="rows">K, the products of a sum.</param>
    /// <param name="columns">N, the outputs.</param>
    /// <param name="initializer">The distribution of its first values.</param>
    public static ParameterSpec OfMatrix(string name, int rows, int columns, InitializerSpec initializer)
        => new(name, new EquatableArray<int>([columns, rows]), initializer);

    /// <summary>One number for each output.</summary>
    /// <param name="name">Its name within the layer.</param>
    /// <param name="columns">N, the outputs.</param>
    /// <param name="start">The first value of all.</param>
    public static ParameterSpec OfVector(string name, int columns, float start = 0)
        => new(name, new EquatableArray<int>([columns]), Start: start);
}
