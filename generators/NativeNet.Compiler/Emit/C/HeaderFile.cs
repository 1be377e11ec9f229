using System.Globalization;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes NAME.h: what the network is, the memory that it takes, its types and calls.</summary>
/// <param name="context">What is written.</param>
internal sealed class HeaderFile(CContext context)
{
    private const int BytesAFloat = sizeof(float);

    /// <summary>The rules that the code breaks, all but 9.3 advisory; its check reads them here.</summary>
    private const string Misra = """
         *
         * Of MISRA C:2012 these rules are not kept:
         *   2.5, 8.7    the application may leave calls and macros unused, or use them elsewhere
         *   9.3         arrays are cleared by a first 0, in the braces that C++ asks for too
         *   12.1, 12.3  formulas have the parentheses of mathematics, what belongs together is declared together
         *   15.5        arguments are checked before anything else is done
         *   17.8        hashes and random numbers are mixed in their arguments, functions limit theirs
         *   18.4        rows of matrices are pointers into them
         *   19.2        a union gives the bits of a float */
        """;

    private readonly SourceWriter _writer = new(hasBracesBehind: true);
    private readonly CExport _export = context.Export;
    private readonly Program _program = context.Program;
    private readonly NetworkSpec _spec = context.Program.Spec;
    private readonly string _prefix = context.Export.Prefix, _macro = context.Export.Prefix.ToUpperInvariant();

    private bool IsOfClasses => _spec.Loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        EmitDescription();
        _writer.Write($"""
            #ifndef {_macro}_H
            #define {_macro}_H

            #include <stdint.h>

            #if defined(__cplusplus)
            extern "C" {"{"}
            #endif

            #define {_macro}_INPUT_LENGTH {Text(_spec.Input.Length)} /* {Shape(_spec.Input)} */
            #define {_macro}_OUTPUT_LENGTH {Text(_spec.Output.Length)}
            """);
        if (_program.Process is not null)
        {
            _writer.Write($"#define {_macro}_INPUT_CHANNELS {Text(_spec.Input.Channels)} /* of a frame */");
            _writer.Write($"#define {_macro}_OUTPUT_CHANNELS {Text(_spec.Output.Channels)}");
        }

        if (_export.Trains)
            _writer.Write($"#define {_macro}_BATCH_SIZE {_spec.BatchSize} /* the most samples of a training step */");
        if (_export.Weights is { } weights)
            _writer.Write($"#define {_macro}_WEIGHTS_HASH {CLiteral.Of(SelfTestValues.HashOf(_export, weights))} /* {_prefix}_hash(&{_prefix}_weights{(context.HasFrozen ? $", &{_prefix}_frozen_weights" : "")}) */");
        _writer.Blank();
        EmitStatus();
        EmitTypes();
        EmitCalls();
        _writer.Write("""

            #if defined(__cplusplus)
            }
            #endif

            #endif
            """);
        return _writer.ToString();
    }

    private void EmitDescription()
    {
        _writer.Write($"/* {_prefix}: the network of {_export.Source} in C99, {(_export.Trains ? $"with training by {context.Rule!.Word}" : "for predictions")}. Written by nativenet; do not edit.");
        _writer.Write(" *");
        foreach (string line in Table(["layer", "output", "parameters", "multiply-adds"], LayerRows()).Concat(["", .. Table(["memory, the caller's", "bytes"], MemoryRows())]))
            _writer.Write(line.Length == 0 ? " *" : " *   " + line);
        _writer.Write(" *");
        _writer.Write(" * All results have the same bits as those of the network in C#, on every processor whose self-test passes.");
        _writer.Write($" * Nothing is allocated, nothing is kept between calls but by the caller. The network's SHA-256 is\n * {_export.Fingerprint}.");
        _writer.Write(Misra);
    }

    private IEnumerable<string[]> LayerRows()
    {
        yield return ["input", Shape(_spec.Input), "", ""];
        foreach (LayerSpec layer in _spec.Layers)
        {
            string activation = layer is IActivatedLayer activated ? ActivationText.Suffix(activated.Activation) : "";
            string trainable = !_export.Trains ? "" : layer.Trainable switch { TrainableParts.None => ", frozen", TrainableParts.Biases => ", biases learn", _ => "" };
            yield return [$"{Text(layer.Index)} {layer.Type}{activation}{trainable}", Shape(layer.Output), Count(layer.Parameters.Sum(static tensor => tensor.Count)), Count(layer.MultiplyAdds)];
        }
    }

    private IEnumerable<string[]> MemoryRows()
    {
        yield return Memory($"{_prefix}_parameters", context.HasFrozen ? _program.Parameters.LearnedLength : _program.Parameters.ParameterCount);
        if (context.HasFrozen)
            yield return Memory($"{_prefix}_frozen, read-only", _program.Parameters.Length - _program.Parameters.LearnedLength);
        yield return Memory($"{_prefix}_workspace", _program.Predict.Workspace.Length);
        if (_program.Process is { } process)
        {
            yield return Memory($"{_prefix}_stream", Math.Max(1, process.Stream.Length));
            yield return Memory($"{_prefix}_process_workspace", process.Workspace.Length);
        }

        if (!_export.Trains)
            yield break;

        yield return [$"{_prefix}_optimizer", Count(OptimizerBytes())];
        yield return Memory($"{_prefix}_training_workspace", _program.TrainStep.Workspace.Length);
    }

    /// <summary>Settings, the number of the step, the seed, which lies at a multiple of its own size, and what the rule remembers.</summary>
    private long OptimizerBytes()
    {
        const int seed = sizeof(ulong);
        bool hasSeed = SourceFile.HasSeed(_spec);
        long settings = BytesAFloat * (context.Rule!.Settings.Count() + (SourceFile.CountsSteps(context) ? 1 : 0));
        long state = (long)BytesAFloat * context.Rule.State.Count * _program.Parameters.TrainedLength;
        return hasSeed ? RoundUp(RoundUp(settings) + seed + state) : settings + state;

        static long RoundUp(long bytes) => (bytes + seed - 1) / seed * seed;
    }

    private void EmitStatus()
    {
        _writer.Write("/* What a call returns. Where it is not OK, nothing was written. */");
        _writer.Write($"typedef int32_t {_prefix}_status;");
        _writer.Write($"#define {_macro}_OK 0");
        _writer.Write($"#define {_macro}_NULL_POINTER 1");
        if (_export.Trains)
        {
            _writer.Write($"#define {_macro}_COUNT_OUT_OF_RANGE 2 /* of samples */");
            _writer.Write($"#define {_macro}_{(IsOfClasses ? "CLASS_OUT_OF_RANGE 3" : _spec.Loss == LossKind.BinaryCrossEntropy ? "TARGET_OUT_OF_RANGE 3 /* not from 0 to 1 */" : "TARGET_OUT_OF_RANGE 3 /* not finite */")}");
            _writer.Write($"#define {_macro}_SETTING_OUT_OF_RANGE 4 /* of the optimizer */");
        }

        if (SourceFile.HasClasses(_export))
            _writer.Write($"#define {_macro}_NOT_A_NUMBER 5 /* a score: the weights are those of a training that broke down */");
        _writer.Write($"#define {_macro}_SELFTEST_FAILED 6");
        _writer.Blank();
    }

    private void EmitTypes()
    {
        _writer.Write("/* Weights and biases. layers.I is the name in files, I the position in the network's file. */");
        EmitStruct("parameters", () => EmitTensors(tensor => !context.HasFrozen || !tensor.Slot.IsFrozen, isNamed: true));
        if (context.HasFrozen)
        {
            _writer.Write("/* Those that are frozen: no training changes them, and they are read where they are. */");
            EmitStruct("frozen", () => EmitTensors(static tensor => tensor.Slot.IsFrozen, isNamed: true));
        }

        if (_export.Weights is not null)
            _writer.Write($"extern const {_prefix}_parameters {_prefix}_weights; /* {WeightsFile.NameOf(_export)} */");
        if (context.HasFrozen)
            _writer.Write($"extern const {_prefix}_frozen {_prefix}_frozen_weights; /* {WeightsFile.NameOf(_export)} */");
        _writer.Blank();
        _writer.Write("/* Scratch of a prediction; its content does not matter. */");
        EmitStruct("workspace", () => _writer.Write($"float values[{_program.Predict.Workspace.Length}];"));
        if (_program.Process is { } process)
        {
            _writer.Write("/* What is kept of a signal between calls. All bytes 0, as static memory is: before the first frame. */");
            EmitStruct("stream", () => _writer.Write($"float values[{Math.Max(1, process.Stream.Length)}];"));
            _writer.Write("/* Scratch of the processing of a signal; its content does not matter. */");
            EmitStruct("process_workspace", () => _writer.Write($"float values[{process.Workspace.Length}];"));
        }

        if (_export.Trains)
            EmitTrainingTypes();
        EmitSelfTestTypes();
    }

    private void EmitTrainingTypes()
    {
        RuleEmitter rule = context.Rule!;
        if (rule.State.Count > 0)
        {
            _writer.Write("/* A value for each trained parameter. */");
            EmitStruct("moments", () => EmitTensors(static tensor => tensor.Slot.IsTrained, isNamed: false));
        }

        _writer.Write($"/* The settings of {rule.Word}, which may change between steps{(rule.State.Count > 0 ? ", and what it remembers" : "")}. {_prefix}_start makes one ready. */");
        EmitStruct("optimizer", () =>
        {
            foreach (RuleSetting setting in rule.Settings)
                _writer.Write($"float {setting.Name}; /* {setting.Range}; {CLiteral.Of(setting.Value).TrimEnd('f')} at the start */");
            if (SourceFile.CountsSteps(context))
                _writer.Write("uint32_t steps; /* that were taken */");
            if (SourceFile.HasSeed(_spec))
                _writer.Write("uint64_t seed; /* of dropout; 0 at the start */");
            foreach (string state in rule.State)
                _writer.Write($"{_prefix}_moments {state};");
        });
        _writer.Write(_spec.IsStateful
            ? $"/* Scratch of a training step, and between steps the states of recurrent layers: {_prefix}_reset_states begins anew. */"
            : "/* Scratch of a training step; its content does not matter. */");
        EmitStruct("training_workspace", () => _writer.Write($"float values[{_program.TrainStep.Workspace.Length}];"));
    }

    private void EmitSelfTestTypes()
    {
        int samples = _export.Trains ? Math.Min(SelfTestValues.MostSamples, _spec.BatchSize) : 1;
        _writer.Write("/* What the self-test found: 0 where all is right. */");
        EmitStruct("selftest_result", () =>
        {
            _writer.Write("uint32_t arithmetic; /* 1, 2: fused multiply-add, 4: contraction, 8, 16: subnormals, 32: rounding, 64: order */");
            _writer.Write("uint32_t scores; /* the hash of a prediction differs by these bits */");
            if (_export.Trains)
                _writer.Write("uint32_t training; /* the hash of the parameters behind a short training differs by these bits */");
        });
        _writer.Write("/* What the self-test works in. */");
        EmitStruct("selftest_memory", () =>
        {
            if (_export.Trains)
                _writer.Write($"{_prefix}_parameters parameters;");
            _writer.Write($"{_prefix}_workspace workspace;");
            _writer.Write($"float inputs[{samples * _spec.Input.Length}], scores[{_spec.Output.Length}];");
            if (!_export.Trains)
                return;

            _writer.Write(IsOfClasses ? $"int32_t classes[{Text(samples * _spec.TargetLength)}];" : $"float targets[{Text(samples * _spec.TargetLength)}];");
            _writer.Write($"{_prefix}_optimizer optimizer;");
            _writer.Write($"{_prefix}_training_workspace training_workspace;");
            _writer.Write("float loss;");
        });
    }

    private void EmitCalls()
    {
        string parameters = context.PublicReads, input = $"const float input[{_macro}_INPUT_LENGTH]";
        Declare("The scores of one sample: what the last layer puts out.", "predict", $"{parameters}, {input}, float scores[{_macro}_OUTPUT_LENGTH], {_prefix}_workspace *workspace");
        if (SourceFile.HasClasses(_export))
            Declare("The class with the greatest score, of equal ones the first.", "classify", $"{parameters}, {input}, int32_t *class_number, {_prefix}_workspace *workspace");
        if (_program.Process is not null)
            Declare("The outputs of the next `frames` frames of a signal; cut into calls anywhere, it gives the same bits. inputs: (frames, INPUT_CHANNELS), outputs: (frames, OUTPUT_CHANNELS), apart.", "process", $"{parameters}, {_prefix}_stream *stream, const float *inputs, float *outputs, int32_t frames, {_prefix}_process_workspace *workspace");
        if (_export.Trains)
        {
            string targets = IsOfClasses ? "const int32_t *classes" : "const float *targets", shape = IsOfClasses ? $"classes: (count{(_spec.TargetLength == 1 ? "" : ", " + Text(_spec.TargetLength))})" : "targets: (count, OUTPUT_LENGTH)";
            Declare("First weights; the same seed gives the same bits on every machine.", "initialize", $"{_prefix}_parameters *{context.Learned}, uint64_t seed");
            Declare($"The mean loss of `count` samples, as they are predicted. inputs: (count, INPUT_LENGTH), {shape}.", "loss", $"{parameters}, const float *inputs, {targets}, int32_t count, {_prefix}_workspace *workspace, float *loss");
            Declare("The first settings, and a memory of nothing.", "start", $"{_prefix}_optimizer *optimizer");
            if (_spec.IsStateful)
                Declare("States of zeros, before the first step and wherever the samples of the next do not go on from those of the last.", "reset_states", $"{_prefix}_training_workspace *workspace");
            Declare($"One step of training with {_spec.LeastSamples} to BATCH_SIZE samples{(_spec.LeastSamples > 1 ? ", since of one batchNorm would see one value a channel" : "")}; the loss is that before the step.", "train_step", $"{context.PublicUpdates}, {_prefix}_optimizer *optimizer, const float *inputs, {targets}, int32_t count, {_prefix}_training_workspace *workspace, float *loss");
        }

        _writer.Blank();
        _writer.Write("/* One number for all parameters: FNV-1a over their patterns. */");
        _writer.Write($"uint32_t {_prefix}_hash({parameters});");
        Declare(
            _export.Trains ? "Tries the arithmetic, a prediction and a short training with parameters of its own." : "Tries the arithmetic, and a prediction with the weights that the network was exported with.",
            "selftest", $"{(context.HasFrozen ? $"const {_prefix}_frozen *frozen, " : _export.Trains ? "" : parameters + ", ")}{_prefix}_selftest_memory *memory, {_prefix}_selftest_result *result");
    }

    private void Declare(string comment, string name, string arguments)
    {
        _writer.Blank();
        _writer.Write($"/* {comment} */");
        _writer.Write($"{_prefix}_status {_prefix}_{name}({arguments});");
    }

    private void EmitStruct(string name, Action members)
    {
        _writer.Write("typedef struct {");
        using (_writer.Indent())
            members();
        _writer.Write("} " + $"{_prefix}_{name};");
        _writer.Blank();
    }

    private void EmitTensors(Func<ParameterTensor, bool> belongs, bool isNamed)
    {
        foreach ((LayerPlan layer, ParameterTensor tensor) in SourceFile.Tensors(_program).Where(own => belongs(own.Tensor)))
        {
            bool isMatrix = tensor.Matrix.Rows > 1;
            string shape = isMatrix ? $", ({Text(tensor.Matrix.Rows)}, {Text(tensor.Matrix.Columns)})" : "";
            string name = isNamed ? $" /* {tensor.Name}{shape} */" : "";
            _writer.Write($"float {CNames.Member(layer, tensor.Spec.Name)}[{tensor.Spec.Count}];{name}");
        }
    }

    private static string[] Memory(string name, int floats) => [name, Count((long)floats * BytesAFloat)];

    private static string Shape(Shape shape) => $"({string.Join(", ", shape.Dimensions.Select(Text))})";

    private static string Count(long number) => number == 0 ? "" : number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Aligned columns: texts to the left, numbers to the right.</summary>
    private static IEnumerable<string> Table(string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows];
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column)
            => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
