using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Writes how the weight gradient of one region is summed and applied.</summary>
internal abstract class DenseGradientEmitter(SourceWriter writer, DensePlan plan, GradientTile part)
{
    /// <summary>The second line of every method that knows the rule.</summary>
    public const string Constraint = "    where TRule : struct, IUpdateRule<TRule>";

    public GradientTile Part => part;

    protected DensePlan Plan => plan;

    protected SourceWriter Writer => writer;

    /// <summary>Whether the layer has biases, which go with the last tile.</summary>
    protected bool HasBias => plan.Bias is not null;

    /// <summary>Where the biases of a walk's columns lie.</summary>
    protected string Bias => DenseNames.Plus(plan.Bias!.Offset, "n");

    /// <summary>What a walk along the inputs begins with.</summary>
    public virtual void EmitBegin()
    {
    }

    /// <summary>The calls for one tile: references <c>x</c> and <c>dy</c>, the index <c>w</c> of the weights of input 0.</summary>
    /// <param name="isLast">Whether for the last tile, with the biases where there are any, and not for the one at <c>k</c>.</param>
    public abstract void EmitCalls(bool isLast);

    /// <summary>The methods of those calls.</summary>
    public abstract void EmitMethods();

    /// <summary>The first input of the last tile.</summary>
    private int LastInput => plan.Dense.Inputs - part.LastInputs;

    /// <summary>The reference to a tile's inputs.</summary>
    protected string Inputs(bool isLast) => isLast ? At("x", LastInput) : "ref Unsafe.Add(ref x, k)";

    /// <summary>The index of a tile's weights.</summary>
    protected string Weights(bool isLast)
    {
        int panel = part.Region.PanelWidth;
        return !isLast ? FormattableString.Invariant($"w + (k * {panel})")
            : LastInput == 0 ? "w"
            : FormattableString.Invariant($"w + {LastInput * panel}");
    }

    /// <summary>The text of a reference so many floats further.</summary>
    protected static string At(string reference, int offset)
        => offset == 0 ? "ref " + reference : FormattableString.Invariant($"ref Unsafe.Add(ref {reference}, {offset})");

    /// <summary>
    /// Applies gradients from registers. Rules without state do so at once; others would need registers of their own while
    /// the sums live, and the compiler would spill these inside the loop that makes them, so they leave through the scratch.
    /// </summary>
    protected void EmitApply(Tile tile, params GradientStretch[] stretches)
    {
        using (writer.BeginBlock("if (TRule.StateCount == 0)"))
        {
            writer.Write("TRule local = rule;");
            foreach (GradientStretch stretch in stretches)
            {
                if (stretch.IsVector)
                    writer.Write("local = TRule.ForVectors(in rule);");
                writer.Write($"ref float {stretch.Name} = ref Unsafe.Add(ref parameters, {stretch.Index});");
                for (int i = 0; i < stretch.Vectors.Count; i++)
                {
                    int column = i * tile.Lanes % stretch.Columns, row = i * tile.Lanes / stretch.Columns;
                    writer.Write($"ParameterUpdate.Apply(in local, new {tile.LaneType}({stretch.Vectors[i]}), ref {stretch.Name}, {(row * stretch.Stride) + column});");
                }
            }
        }

        using (writer.BeginBlock("else"))
        {
            int place = 0;
            foreach (string vector in stretches.SelectMany(static stretch => stretch.Vectors))
            {
                writer.Write($"{vector}.StoreUnsafe(ref tile, {place});");
                place += tile.Lanes;
            }

            place = 0;
            foreach (GradientStretch stretch in stretches)
            {
                int length = stretch.Vectors.Count * tile.Lanes;
                writer.Write($"ParameterUpdate.Apply<TRule, {tile.LaneType}>({(stretch.IsVector ? "TRule.ForVectors(in rule)" : "in rule")}, {At("tile", place)}, {length / stretch.Columns}, {stretch.Columns}, ref parameters, ref state, {stretch.Index}, {stretch.Stride}, TrainedLength);");
                place += length;
            }
        }
    }

    /// <summary>Gradients in registers, row by row.</summary>
    /// <param name="Name">What a reference to their parameters is called.</param>
    /// <param name="Vectors">The vectors.</param>
    /// <param name="Columns">Floats a row.</param>
    /// <param name="Index">The parameter of the first.</param>
    /// <param name="Stride">Parameters from row to row.</param>
    /// <param name="IsVector">Whether they are a tensor of one dimension, which may not decay.</param>
    protected readonly record struct GradientStretch(
        string Name, IReadOnlyList<string> Vectors, int Columns, string Index, int Stride, bool IsVector = false);
}
