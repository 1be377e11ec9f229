using System.Globalization;
using System.Text;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

using Buffer = NativeNet.Compiler.Planning.Buffer;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>A program written down for people: its procedures, step by step, and where their values lie.</summary>
internal static class ProgramText
{
    /// <summary>The text of a program, lines ended by \n.</summary>
    public static string Of(Program program)
    {
        var text = new StringBuilder();
        Line(text, 0, $"{program.Target.Name}: blocks of {program.BlockSize}, cut at {program.PartSize}");
        foreach ((string name, Procedure procedure) in Procedures(program))
        {
            Line(text, 0, "");
            Line(text, 0, $"{name}: workspace of {procedure.Workspace.Length} floats");
            foreach (Step step in procedure.Steps)
                Write(text, step, 1);
        }

        Line(text, 0, "");
        foreach ((string name, Procedure procedure) in Procedures(program).Where(static pair => pair.Name != "Loss"))
        {
            Line(text, 0, $"Memory of {name}");
            foreach (Buffer buffer in procedure.Workspace.Buffers)
                Line(text, 1, $"{buffer.Offset,7} {buffer.Length,7}  {buffer.Name}: {buffer.Meaning}");
        }

        return text.ToString();
    }

    /// <summary>The procedures of a program with their names.</summary>
    public static IEnumerable<(string Name, Procedure Procedure)> Procedures(Program program)
        => [("Predict", program.Predict), ("PredictBatch", program.PredictBatch), ("Loss", program.Loss), ("TrainStep", program.TrainStep)];

    private static void Write(StringBuilder text, Step step, int depth)
    {
        switch (step)
        {
            case Call call:
                Line(text, depth, $"{Name(call.Op)}({Views(call.Reads)}) -> {Views(call.Writes)}");
                break;
            case ForBlocks loop:
                Line(text, depth, "for blocks");
                foreach (Call call in loop.Calls)
                    Write(text, call, depth + 1);
                break;
            case Phase phase:
                Line(text, depth, $"phase: {phase.Kind}");
                foreach (Step inner in phase.Steps)
                    Write(text, inner, depth + 1);
                break;
            default:
                throw new ArgumentException("A step has no text.", nameof(step));
        }
    }

    private static string Name(Op op) => op.Layer is { } layer ? $"{op.Kind} {layer.Type}" : op.Kind.ToString();

    private static string Views(EquatableArray<View> views) => string.Join(", ", views.Select(static view
        => view.Buffer == Buffer.Parameters ? view.Value
            : view.Value == view.Buffer ? $"{view.Value}{Form(view)}"
            : $"{view.Value}{Form(view)} in {view.Buffer}"));

    private static string Form(View view) => view.Form switch
    {
        SampleForm.Rows => string.Create(CultureInfo.InvariantCulture, $"[b, {view.Length}{(view.Stride == view.Length ? "" : $" of {view.Stride}")}]"),
        SampleForm.Blocks => string.Create(CultureInfo.InvariantCulture, $"[{view.Length}{(view.Stride == view.Length ? "" : $" of {view.Stride}")}, b]"),
        _ => "",
    };

    private static void Line(StringBuilder text, int depth, FormattableString line)
        => text.Append(' ', 2 * depth).Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
}
