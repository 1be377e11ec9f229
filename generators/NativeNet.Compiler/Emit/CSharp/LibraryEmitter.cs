using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of a layer whose kernels are the library's.</summary>
internal sealed class LibraryEmitter(SourceWriter writer, LibraryPlan plan, VectorWidth width, int block) : LayerEmitter
{
    /// <summary>The channels that a share of an update is cut at: what the library's kernels gather before they update.</summary>
    private const int UpdateGrain = 16;

    private readonly string _class = ClassName(plan.Spec);
    private readonly string _shape = ShapeCode(plan);
    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"{_class}.Forward<Lanes{width.Bits}>({References(inputs)}, ref {output}{Parameters("parameters")}, {_shape}, 1);");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"{_class}.Forward<{_lanes}>({References(inputs)}, ref {output}{Parameters(parameters)}, {_shape}, {block});");

    public override void EmitBackward(Func<View, string> reference)
    {
        View result = plan.Result;
        string values = References([.. BackwardReads().Append(result).Select(reference)]);
        string kept = plan.Saved is { } room ? $", ref {reference(room)}" : "";
        writer.Write($"{_class}.Backward<{_lanes}>({values}{kept}{Parameters("pass.Parameters")}, {_shape}, {block});");
        if (plan.Views.InputGradient is { Adds: true, Gradient: { } sum })
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(sum)}, ref {reference(result)}, {plan.Spec.Input.Length * block});");
    }

    public override void EmitUpdate(Func<View, string> reference)
    {
        if (!plan.LearnsWeights)
        {
            writer.Write(BiasUpdateCode.OfChannels(plan, _lanes, block, reference));
            return;
        }

        string values = References([reference(plan.Views.Incoming), reference(plan.Saved ?? plan.Views.Input)]);
        writer.Write($"{_class}.Update<TRule, {_lanes}>({values}, ref pass.Parameters, ref pass.State, in rule, ref tile, WorkRange.Of({plan.Spec.Input.Channels}, {UpdateGrain}, part, parts), {_shape}, {block}, pass.Samples, TrainedLength);");
    }

    public override void EmitMethods(bool trains)
    {
    }

    private static string References(IReadOnlyList<string> values) => string.Join(", ", values.Select(static value => "ref " + value));

    private string Parameters(string reference) => plan.HasParameters ? ", ref " + reference : "";

    /// <summary>What the backward pass reads.</summary>
    private View[] BackwardReads() => plan.Spec switch
    {
        LayerNormSpec or PReluSpec => [plan.Views.Input, plan.Views.Incoming],
        PoolSpec { Kind: not PoolKind.Max } or ResampleSpec => [plan.Views.Incoming],
        SoftmaxSpec => [plan.Views.Output, plan.Views.Incoming],
        _ => [plan.Views.Input, plan.Views.Output, plan.Views.Incoming],
    };

    /// <summary>The class of the library that holds a layer's kernels.</summary>
    private static string ClassName(LayerSpec spec) => spec switch
    {
        PoolSpec { Kind: PoolKind.Max } => "MaxPool",
        PoolSpec => "AveragePool",
        ResampleSpec => "Resample",
        SoftmaxSpec => "Softmax",
        LayerNormSpec => "LayerNorm",
        NormalizationSpec => "Normalization",
        PReluSpec => "PRelu",
        _ => throw new ArgumentException($"The library has no kernels for a {spec.Type} layer.", nameof(spec)),
    };

    /// <summary>What those kernels are told of the layer.</summary>
    private static string ShapeCode(LibraryPlan plan) => plan.Spec switch
    {
        PoolSpec { Kind: PoolKind.Average } pool => $"{Literal.Of(pool.Window)}, {(pool.CountsPadding ? "true" : "false")}",
        PoolSpec pool => Literal.Of(pool.Window),
        ResampleSpec resample => $"new ResampleShape({Literal.Of(resample.Vertical)}, {Literal.Of(resample.Horizontal)}, {resample.Input.Channels.ToString(System.Globalization.CultureInfo.InvariantCulture)})",
        SoftmaxSpec softmax => FormattableString.Invariant($"new RowShape({softmax.Input.Positions}, {softmax.Input.Channels})"),
        PReluSpec prelu => FormattableString.Invariant($"new SlopeShape({prelu.Input.Positions}, {prelu.Input.Channels}, {plan.Tensor("slope").Offset})"),
        NormalizationSpec norm => FormattableString.Invariant($"new NormalizationShape({norm.Input.Positions}, {norm.Input.Channels}, {plan.Tensor(NormalizationSpec.Mean).Offset}, {plan.Tensor(NormalizationSpec.Deviation).Offset})"),
        LayerNormSpec norm => FormattableString.Invariant($"new NormShape({norm.Input.Positions}, {norm.Input.Channels}, {plan.Tensor("weight").Offset}, {plan.Tensor("bias").Offset}, {Literal.Of(norm.Epsilon)})"),
        _ => throw new ArgumentException($"The library has no kernels for a {plan.Spec.Type} layer.", nameof(plan)),
    };
}
