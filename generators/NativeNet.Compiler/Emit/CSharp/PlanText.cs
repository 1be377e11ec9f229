using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>The plan in words: the comment on top of the generated file, and what <c>Plan</c> returns at run time.</summary>
internal static class PlanText
{
    private const int BytesAFloat = sizeof(float);

    /// <summary>The plan as a comment.</summary>
    public static string Comment(NetworkDeclaration target, Program program)
        => string.Join("\n", Lines(target, program).Split('\n').Select(static line => line.Length == 0 ? "//" : "// " + line));

    /// <summary>The program, lines separated by \n.</summary>
    public static string Lines(NetworkDeclaration target, Program program)
    {
        NetworkSpec spec = program.Spec;
        var lines = new List<string>
        {
            FormattableString.Invariant($"{target.Name}, from {FileName(target.File)}: {Vocabulary.WordFor(spec.Loss)}, batches of up to {spec.BatchSize}"),
            "",
        };
        lines.AddRange(Table(["layer", "output", "parameters", "multiply-adds", "forward sum"], LayerRows(program)));
        lines.Add("");
        lines.AddRange(Table(["tiles, rows × vectors (× chains)", .. VectorWidth.All.Select(static w => FormattableString.Invariant($"{w.Bits} bits"))], TileRows(program)));
        lines.Add("");
        lines.AddRange(Table(["memory", "floats", "bytes"], MemoryRows(program)));
        return string.Join("\n", lines);
    }

    private static IEnumerable<string[]> LayerRows(Program program)
    {
        yield return ["input", program.Spec.Input.ToString(), "", "", ""];
        foreach (LayerSpec layer in program.Spec.Layers)
        {
            ActivationKind function = layer is IActivatedLayer activated ? activated.Activation.Kind : ActivationKind.None;
            string activation = function == ActivationKind.None ? "" : ", " + Vocabulary.Activations.WordFor(function);
            yield return
            [
                FormattableString.Invariant($"{layer.Index} {layer.Type}{activation}"),
                layer.Output.ToString(),
                Count(layer.Parameters.Sum(static parameter => parameter.Count)),
                Count(layer.MultiplyAdds),
                program.Layers.FirstOrDefault(own => own.Spec.Index == layer.Index)?.SumOrder ?? "",
            ];
        }
    }

    private static string Count(long number) => number == 0 ? "" : Literal.Grouped(number);

    private static IEnumerable<string[]> TileRows(Program program)
    {
        IEnumerable<int> widths = Enumerable.Range(0, VectorWidth.All.Length);
        foreach (LayerPlan layer in program.Layers)
        {
            foreach ((string operation, IEnumerable<string> tiles) in layer.DescribeTiles())
                yield return [$"{layer.Name} {operation}", .. tiles];
            if (widths.Any(program.IsTiny))
                yield return [$"{layer.Name} forward, one sample, straight line", .. widths.Select(width => program.IsTiny(width) ? layer.DescribeStraight(width) : "none")];
        }
    }

    private static IEnumerable<string[]> MemoryRows(Program program)
    {
        yield return Memory("parameters", program.Parameters.Length);
        yield return Memory("state of Momentum, Nesterov", program.Parameters.Length);
        yield return Memory("state of Adam, AdamW", 2 * program.Parameters.Length);
        yield return Memory("workspace, one prediction", program.Predict.Workspace.Length);
        yield return Memory("workspace, a batch of predictions", program.PredictBatch.Workspace.Length);
        yield return Memory("workspace, training", program.TrainStep.Workspace.Length);
    }

    private static string[] Memory(string name, int floats) => [name, Literal.Grouped(floats), Literal.Grouped((long)floats * BytesAFloat)];

    /// <summary>Aligned columns: the first to the left, the others to the right.</summary>
    private static IEnumerable<string> Table(string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows];
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column)
            => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>The last part of a path, without anything that could end a comment or a raw string.</summary>
    private static string FileName(string path)
        => new([.. path.Substring(path.LastIndexOfAny(['/', '\\']) + 1).Select(static c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' ? c : '?')]);
}
