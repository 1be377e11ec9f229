using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Everything that the code of one layer depends on, decided.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Wires">Where it reads and writes.</param>
internal abstract record LayerPlan(LayerSpec Spec, LayerWires Wires)
{
    /// <summary>The prefix of its methods and constants, for example <c>Dense1</c>.</summary>
    public string Name { get; } = NameOf(Spec);

    /// <summary>Whether there is anything to update.</summary>
    public bool HasParameters => Spec.Parameters.Count > 0;

    /// <summary>Whether its forward pass is another in training than in prediction.</summary>
    public virtual bool TrainsOtherwise => false;

    /// <summary>The floats of what it knows of a whole batch, which its rows wait for in both directions; 0 where they do not.</summary>
    public virtual int StatisticsLength => 0;

    /// <summary>The constant of the place of these statistics in the training workspace.</summary>
    public string Statistics => Name + "Statistics";

    /// <summary>The gradient with respect to its sums, after the activation has been taken back.</summary>
    public virtual Value SumGradient => Wires.Incoming;

    /// <summary>Floats of scratch that a thread needs for its update; at least 16 sums of 16 lanes, as the losses do.</summary>
    public virtual int ScratchLength => 256;

    /// <summary>The order of its forward sums for the plan's table; empty where there are none.</summary>
    public virtual string SumOrder => "";

    /// <summary>Vector multiply-adds of one prediction, or null where no straight line of them can be written.</summary>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    public virtual long? SingleOperations(int widthIndex) => null;

    /// <summary>Its tiles in such a line, for the plan's table.</summary>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    public virtual string DescribeStraight(int widthIndex) => "";

    /// <summary>Its register tiles for the plan's table, one text a width.</summary>
    public virtual IEnumerable<(string Operation, IEnumerable<string> Tiles)> DescribeTiles() => [];

    /// <summary>The prefix of a layer's methods and constants: its type and its position in the file.</summary>
    public static string NameOf(LayerSpec spec)
        => FormattableString.Invariant($"{char.ToUpperInvariant(spec.Type[0])}{spec.Type.Substring(1)}{spec.Index}");
}

/// <summary>Where a layer reads and writes in training; prediction keeps values of the same names in less room.</summary>
/// <param name="Inputs">What it reads, one value a source, each in the layer's own form.</param>
/// <param name="Output">What it writes.</param>
/// <param name="Converted">The same in the other form, where a later layer reads that.</param>
/// <param name="Sums">Its sums before the activation, beside the output, where the derivative is a function of them; else null.</param>
/// <param name="Incoming">The gradient of its outputs, which its readers write; always in blocks.</param>
/// <param name="InputGradients">The gradients that it writes, one a source: the sources' <paramref name="Incoming"/>.</param>
internal sealed record LayerWires(
    EquatableArray<Value> Inputs, Value Output, Value? Converted, Value? Sums, Value Incoming, EquatableArray<GradientTarget> InputGradients)
{
    /// <summary>The one source of most layers.</summary>
    public Value Input => Inputs[0];

    /// <summary>What the derivative of its activation is a function of.</summary>
    public Value Kept => Sums ?? Output;

    /// <summary>The gradient of that source's outputs.</summary>
    public GradientTarget InputGradient => InputGradients[0];
}

/// <summary>The values of a batch at one point of the network.</summary>
/// <param name="Name">The constant of its offset; empty for the network's input, which the caller owns.</param>
/// <param name="Source">The layer that put it out, or −1.</param>
/// <param name="Form">How samples lie.</param>
/// <param name="Stride">Floats that a sample takes: in rows, those from sample to sample.</param>
internal sealed record Value(string Name, int Source, SampleForm Form, int Stride);

/// <summary>How the samples of a batch lie in memory.</summary>
internal enum SampleForm
{
    /// <summary>One sample behind the other, as dense layers take them.</summary>
    Rows,

    /// <summary>
    /// Blocks of samples side by side: a block holds, for each element of a sample, the values of all its samples, so
    /// that vectors lie over samples and every shape is as good as any other.
    /// </summary>
    Blocks,
}

/// <summary>A gradient that a layer writes for one of its sources.</summary>
/// <param name="Gradient">Where, or null for the network's input, whose gradient nobody needs.</param>
/// <param name="Adds">Whether a later layer has left its share there already.</param>
internal readonly record struct GradientTarget(Value? Gradient, bool Adds);
