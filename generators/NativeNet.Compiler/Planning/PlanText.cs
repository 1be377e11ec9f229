using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A program in words, for people: layers with their sums, tiles, memory.</summary>
internal static class PlanText
{
    private const int BytesAFloat = sizeof(float);

    /// <summary>A program in words, lines separated by \n.</summary>
    /// <param name="title">What the network is called.</param>
    /// <param name="program">Its program.</param>
    public static string Of(string title, Program program)
    {
        NetworkSpec spec = program.Spec;
        var lines = new List<string>
        {
            FormattableString.Invariant($"{title}: {(spec.Loss is { } loss ? Vocabulary.WordFor(loss) : "predictions alone")}, batches of up to {spec.BatchSize}"),
            "",
        };
        lines.AddRange(Table(["layer", "output", "parameters", "multiply-adds", "forward sum"], LayerRows(program)));
        lines.Add("");
        lines.AddRange(Table(["tiles, rows × vectors (× chains)", .. VectorWidth.All.Select(static w => FormattableString.Invariant($"{w.Bits} bits"))], TileRows(program)));
        lines.Add("");
        lines.AddRange(Table(["memory", "floats", "bytes"], MemoryRows(program)));
        if (spec.Input.Rank == 2 && program.Process is null)
            lines.AddRange(["", "not processed frame by frame: " + NoStream(spec)]);
        return string.Join("\n", lines);
    }

    /// <summary>Why a signal cannot be taken frame by frame.</summary>
    private static string NoStream(NetworkSpec spec) => spec.NotCausal is { } layer
        ? FormattableString.Invariant($"what layer {layer.Index}, {layer.Type}, puts out depends on later frames or on how many there are")
        : "what its layers look back at is more than fits into memory";

    private static IEnumerable<string[]> LayerRows(Program program)
    {
        yield return ["input", program.Spec.Input.ToString(), "", "", ""];
        foreach (LayerSpec layer in program.Spec.Layers)
        {
            ActivationKind function = layer is IActivatedLayer activated ? activated.Activation.Kind : ActivationKind.None;
            string activation = function == ActivationKind.None ? "" : ", " + Vocabulary.Activations.WordFor(function);
            string trainable = layer.Trainable switch { TrainableParts.None => ", frozen", TrainableParts.Biases => ", biases learn", _ => "" };
            yield return
            [
                FormattableString.Invariant($"{layer.Index} {layer.Type}{activation}{(layer is RecurrentSpec { IsStateful: true } ? ", stateful" : "")}{trainable}"),
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
        if (program.Parameters.LearnedLength < program.Parameters.Length)
            yield return Memory("parameters that are frozen", program.Parameters.Length - program.Parameters.LearnedLength);
        if (program.Trains)
        {
            yield return Memory("state of Momentum, Nesterov", program.Parameters.TrainedLength);
            yield return Memory("state of Adam, AdamW", 2 * program.Parameters.TrainedLength);
        }

        yield return Memory("workspace, one prediction", program.Predict.Workspace.Length);
        yield return Memory("workspace, a batch of predictions", program.PredictBatch.Workspace.Length);
        if (program.Trains)
            yield return Memory("workspace, training", program.TrainStep.Workspace.Length);
        if (program.Process is not { } process)
            yield break;

        yield return Memory("stream, kept of a signal between calls", process.Stream.Length);
        yield return Memory("workspace, any number of frames", process.Workspace.Length);
    }

    private static string[] Memory(string name, int floats) => [name, Literal.Grouped(floats), Literal.Grouped((long)floats * BytesAFloat)];

    /// <summary>Aligned columns: the first to the left, the others to the right.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">A cell a column each.</param>
    public static IEnumerable<string> Table(string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows];
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column)
            => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
