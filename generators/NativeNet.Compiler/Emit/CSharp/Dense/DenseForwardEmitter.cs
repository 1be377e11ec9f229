using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Writes y = activation(bias + x · W): lanes over units, one broadcast an input.</summary>
internal sealed class DenseForwardEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels)
{
    /// <summary>The parameter for the place of the sums, where they are kept; it may be that of the outputs.</summary>
    private readonly string _sums = plan.Views.Sums is null ? "" : "ref float z, ";

    /// <summary>The parameter for the biases of a tile, where there are any, and the argument that goes with it.</summary>
    private readonly string _bias = plan.Bias is null ? "" : "ref float bias, ", _biasArgument = plan.Bias is null ? "" : "ref bias, ";

    private readonly bool _keepsSums = plan.Views.Sums is not null;

    /// <summary>The methods of the layer: any number of samples, their tiles, one sample.</summary>
    public void Emit()
    {
        writer.Blank();
        writer.Write($"// {plan.Name} forward: y[b, n] = {ActivationCode.Name(plan.Dense.Activation)}({(plan.Bias is null ? "" : "bias[n] + ")}Σₖ x[b, k] · w[k, n]).");
        writer.Write($"// x: (count, {plan.Dense.Inputs}), rows {plan.InputStride} apart; y: (count, {plan.Dense.Units}), rows {plan.OutputStride} apart.");
        using (writer.BeginBlock($"internal static void {plan.Name}Forward(ref float x, ref float parameters, {_sums}ref float y, nuint count)"))
        {
            writer.Write("nuint b = 0;");
            foreach (RowStep step in kernels.Forward)
                EmitWalk(step);

            writer.Write("for (; b < count; b++)");
            writer.Write($"    {plan.Name}Single(ref Unsafe.Add(ref x, b * {plan.InputStride}), ref parameters, {Sums($"b * {Number(plan.OutputStride)}")}ref Unsafe.Add(ref y, b * {plan.OutputStride}));");
        }

        foreach (RowStep step in kernels.Forward)
        {
            foreach (RegionTile part in step.Tiles)
                EmitTile(part);
        }

        EmitOneSample();
    }

    /// <summary>The method of one sample.</summary>
    public void EmitOneSample()
    {
        writer.Blank();
        writer.Write($"// One sample.");
        using (writer.BeginBlock($"private static void {plan.Name}Single(ref float x, ref float parameters, {_sums}ref float y)"))
            EmitSingle();
    }

    private void EmitSingle()
    {
        foreach (RegionTile part in kernels.Single)
        {
            using (DenseNames.BeginColumns(writer, part.Region, part.Tile.Width))
            {
                writer.Write($"ref float xk = ref x;");
                writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {DenseNames.WeightIndex(plan, part.Region, part.Tile.Width)});");
                EmitBias();
                if (_keepsSums)
                    writer.Write("ref float zn = ref Unsafe.Add(ref z, n);");
                writer.Write($"ref float yn = ref Unsafe.Add(ref y, n);");
                EmitSum(part, "xk", "zn", "yn");
            }
        }
    }

    private void EmitWalk(RowStep step)
    {
        bool isFirst = ReferenceEquals(step, kernels.Forward[0]);
        string end = isFirst ? FormattableString.Invariant($"count - (count % {step.Rows})") : FormattableString.Invariant($"b + ((count - b) / {step.Rows} * {step.Rows})");
        string name = FormattableString.Invariant($"end{step.Rows}");
        writer.Write($"nuint {name} = {end};");
        foreach (RegionTile part in step.Tiles)
        {
            using (DenseNames.BeginColumns(writer, part.Region, part.Tile.Width))
            {
                writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {DenseNames.WeightIndex(plan, part.Region, part.Tile.Width)});");
                EmitBias();
                writer.Write($"for (nuint r = b; r < {name}; r += {step.Rows})");
                writer.Write($"    {DenseNames.Tile(plan, "Forward", part.Region, step.Rows, part.Tile.Vectors)}(ref Unsafe.Add(ref x, r * {plan.InputStride}), ref w, {_biasArgument}{Sums($"(r * {Number(plan.OutputStride)}) + n")}ref Unsafe.Add(ref y, (r * {plan.OutputStride}) + n));");
            }
        }

        writer.Blank();
        writer.Write($"b = {name};");
    }

    private void EmitTile(RegionTile part)
    {
        writer.Blank();
        writer.Write($"// {Literal.Count(part.Tile.Rows, "sample")} × {Literal.Count(part.Tile.Width, "unit")}{(part.Tile.Chains > 1 ? FormattableString.Invariant($", {part.Tile.Chains} chains each") : "")}.");
        using (writer.BeginBlock($"private static void {DenseNames.Tile(plan, "Forward", part.Region, part.Tile.Rows, part.Tile.Vectors)}(ref float x, ref float w, {_bias}{_sums}ref float y)"))
            EmitSum(part, "x", "z", "y");
    }

    private void EmitBias()
    {
        if (plan.Bias is { } bias)
            writer.Write($"ref float bias = ref Unsafe.Add(ref parameters, {DenseNames.Plus(bias.Offset, "n")});");
    }

    /// <summary>The argument that goes with <see cref="_sums"/>.</summary>
    private string Sums(string offset) => !_keepsSums ? "" : $"ref Unsafe.Add(ref z, {offset}), ";

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The sums of one tile: references to x and w advance along the inputs.</summary>
    private void EmitSum(RegionTile part, string x, string z, string y)
    {
        Tile tile = part.Tile;
        int inputs = plan.Dense.Inputs, whole = inputs / tile.Chains * tile.Chains, panel = part.Region.PanelWidth;
        var weights = new TileWriter(writer, tile, v => PanelOffset(v * tile.Lanes, panel));
        var outputs = new TileWriter(writer, tile);

        if (plan.Bias is null)
        {
            outputs.Declare();
        }
        else
        {
            outputs.Load("b", "bias");
            outputs.Declare(static vector => FormattableString.Invariant($"b{vector}"));
        }

        using (writer.BeginBlock($"for (int k = 0; k < {whole}; k += {tile.Chains})"))
        {
            for (int chain = 0; chain < tile.Chains; chain++)
                EmitStep(weights, x, chain, chain, panel, scoped: tile.Chains > 1);
            writer.Blank();
            writer.Write($"{x} = ref Unsafe.Add(ref {x}, {tile.Chains});");
            writer.Write($"w = ref Unsafe.Add(ref w, {tile.Chains * panel});");
        }

        for (int chain = 0; chain < inputs - whole; chain++)
            EmitStep(weights, x, chain, chain, panel, scoped: true);

        writer.Blank();
        outputs.Reduce();
        writer.Blank();
        outputs.StoreActivated(plan.Dense.Activation, _keepsSums ? z : null, y, plan.OutputStride);
    }

    private void EmitStep(TileWriter code, string x, int input, int chain, int panel, bool scoped)
    {
        if (scoped)
        {
            using (writer.BeginBlock())
                EmitStep(code, x, input, chain, panel, scoped: false);
            return;
        }

        code.Load("w", "w", input * panel);
        code.MultiplyAdd(x, row => (row * plan.InputStride) + input, "w", chain);
    }

    private int PanelOffset(int column, int panel)
        => (column / panel * plan.Dense.Inputs * panel) + (column % panel);
}
