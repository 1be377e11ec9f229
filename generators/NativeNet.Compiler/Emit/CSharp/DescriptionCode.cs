using System.Globalization;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>What the library is told of a network, as the expressions that make it.</summary>
internal static class DescriptionCode
{
    private const string Description = "global::NativeNet.Description.";
    private const string Tensors = "global::NativeNet.Tensors.";

    /// <summary>The type of the table of tensors.</summary>
    public const string TableType = Tensors + nameof(TensorTable);

    /// <summary>The type of the training section.</summary>
    public const string TrainingType = Description + nameof(TrainingSpec);

    /// <summary>The type of a shape.</summary>
    public const string ShapeType = Description + nameof(Shape);

    /// <summary>The type of a list of names.</summary>
    public const string NamesType = Description + "EquatableArray<string>";

    /// <summary>The type of a list of tensors.</summary>
    public const string SlotsType = Description + "EquatableArray<" + Tensors + nameof(TensorSlot) + ">";

    /// <summary>The type of a loss.</summary>
    public const string LossType = Description + nameof(LossKind);

    /// <summary>A training section; null where there is none.</summary>
    public static string Of(TrainingSpec? training) => training is null
        ? "null"
        : FormattableString.Invariant($"new {TrainingType}({training.Epochs}, {Of(training.Rule)}, {training.Warmup}, {Of(training.Schedule)})");

    /// <summary>A list of names.</summary>
    public static string Of(EquatableArray<string> names)
        => names.Count == 0 ? "default" : $"new {NamesType}([{string.Join(", ", names.Select(Literal.Of))}])";

    /// <summary>A shape.</summary>
    public static string Of(Shape shape) => $"new {ShapeType}({Of(shape.Dimensions)})";

    /// <summary>A tensor with its place.</summary>
    public static string Of(TensorSlot slot) => FormattableString.Invariant(
        $"new {Tensors}{nameof(TensorSlot)}({slot.Layer}, {Literal.Of(slot.Name)}, {Of(slot.Shape)}, {slot.Offset}, {slot.PanelWidth}, {(slot.IsGathered ? "true" : "false")}{(slot.Gates == 1 ? "" : FormattableString.Invariant($", {slot.Gates}"))}{(slot.IsFrozen ? ", IsFrozen: true" : "")})");

    private static string Of(EquatableArray<int> sizes)
        => $"new {Description}EquatableArray<int>([{string.Join(", ", sizes.Select(static size => size.ToString(CultureInfo.InvariantCulture)))}])";

    private static string Of(UpdateRuleSpec rule)
        => $"new {Description}{nameof(UpdateRuleSpec)}({Description}{nameof(UpdateRuleKind)}.{rule.Kind.ToString()}, {Literal.Of(rule.LearningRate)}, {Literal.Of(rule.Momentum)}, {Literal.Of(rule.WeightDecay)}){(rule.SparesBiases ? " { SparesBiases = true }" : "")}";

    private static string Of(ScheduleSpec schedule)
    {
        string arguments = schedule switch
        {
            StepScheduleSpec step => FormattableString.Invariant($"{Literal.Of(step.Decay)}, {step.Every}"),
            ExponentialScheduleSpec exponential => Literal.Of(exponential.Decay),
            InverseTimeScheduleSpec inverse => FormattableString.Invariant($"{inverse.Halving}"),
            CosineScheduleSpec cosine => FormattableString.Invariant($"{cosine.Epochs}, {Literal.Of(cosine.Floor)}"),
            PlateauScheduleSpec plateau => FormattableString.Invariant($"{Literal.Of(plateau.Decay)}, {plateau.Patience}, {Literal.Of(plateau.Threshold)}, {Literal.Of(plateau.Floor)}"),
            AccuracyScheduleSpec accuracy => Literal.Of(accuracy.Strength),
            ConstantScheduleSpec => "",
            _ => throw new ArgumentException("The schedule has no C# form.", nameof(schedule)),
        };
        return $"new {Description}{schedule.GetType().Name}({arguments})";
    }
}
