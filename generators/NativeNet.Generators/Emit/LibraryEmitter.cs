using NativeNet.Description;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit;

/// <summary>Writes the calls of a layer whose kernels are the library's.</summary>
internal sealed class LibraryEmitter(SourceWriter writer, LibraryPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _class = ClassName(plan.Spec);
    private readonly string _shape = ShapeCode(plan.Spec);
    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string output, bool isStraight)
        => writer.Write($"{_class}.Forward<Lanes{width.Bits}>({References(inputs)}, ref {output}, {_shape}, 1);");

    public override void EmitForward(IReadOnlyList<string> inputs, string output, string parameters, string count)
        => writer.Write($"{_class}.Forward<{_lanes}>({References(inputs)}, ref {output}, {_shape}, {block});");

    public override void EmitBackward(Func<Value, string> reference)
    {
        if (plan.Wires.InputGradient.Gradient is not { } target)
            return;

        string x = reference(plan.Wires.Input), y = reference(plan.Wires.Output), dy = reference(plan.Wires.Incoming), dx = reference(target);
        if (!plan.Wires.InputGradient.Adds)
        {
            writer.Write($"{_class}.Backward<{_lanes}>(ref {x}, ref {y}, ref {dy}, ref {dx}, {_shape}, {block});");
            return;
        }

        string share = reference(plan.Share!);
        writer.Write($"{_class}.Backward<{_lanes}>(ref {x}, ref {y}, ref {dy}, ref {share}, {_shape}, {block});");
        writer.Write($"Blocks.Add<{_lanes}>(ref {dx}, ref {share}, {target.Stride * block});");
    }

    public override void EmitUpdate(Func<Value, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods()
    {
    }

    private static string References(IReadOnlyList<string> inputs) => string.Join(", ", inputs.Select(static input => "ref " + input));

    /// <summary>The class of the library that holds a layer's kernels.</summary>
    private static string ClassName(LayerSpec spec) => spec switch
    {
        PoolSpec { Kind: PoolKind.Max } => "MaxPool",
        _ => throw new ArgumentException($"The library has no kernels for a {spec.Type} layer.", nameof(spec)),
    };

    /// <summary>What those kernels are told of the layer.</summary>
    private static string ShapeCode(LayerSpec spec) => spec switch
    {
        PoolSpec pool => Literal.Of(pool.Window),
        _ => throw new ArgumentException($"The library has no kernels for a {spec.Type} layer.", nameof(spec)),
    };
}
