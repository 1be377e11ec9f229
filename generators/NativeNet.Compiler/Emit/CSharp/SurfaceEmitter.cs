using NativeNet.Description;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Weights;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes what a user of the network calls: lengths as constants, and the operations, each a call of what <see cref="OperationsEmitter"/> writes.</summary>
internal sealed class SurfaceEmitter(SourceWriter writer, NetworkDeclaration target, Program program)
{
    private const string Floats = "global::System.ReadOnlySpan<float>";
    private const string WritableFloats = "global::System.Span<float>";

    private readonly string _targetType = TargetType(program.Spec.Loss);
    private readonly string _contract = $"global::NativeNet.INetwork<{TargetType(program.Spec.Loss)}>";
    private readonly string _operations = $"global::{target.GeneratedNamespace}.{GeneratedNames.Operations}";

    /// <summary>The sizes that <c>INetwork</c> asks for, each the constant of the same name.</summary>
    public static IReadOnlyList<string> ContractSizes { get; } =
        ["InputLength", "OutputLength", "BatchSize", "ParametersLength", "TrainedLength", "PredictWorkspaceLength", "PredictBatchWorkspaceLength"];

    /// <summary>Those that <c>INetwork</c> of a type of targets asks for besides.</summary>
    public static IReadOnlyList<string> TrainingSizes { get; } = ["TargetLength", "TrainingWorkspaceLength"];

    /// <summary>Those that <c>IStreamingNetwork</c> asks for besides.</summary>
    public static IReadOnlyList<string> StreamingSizes { get; } = ["InputChannels", "OutputChannels", "StreamLength", "ProcessWorkspaceLength"];

    /// <summary>The type of a training target: class numbers or values.</summary>
    public static string TargetType(LossKind? loss) => loss == LossKind.SoftmaxCrossEntropy ? "int" : "float";

    /// <summary>The lengths of a network, each with its summary.</summary>
    public static IEnumerable<(string Name, int Value, string Summary)> Lengths(Program program)
    {
        yield return ("InputLength", program.Spec.Input.Length, $"The elements of one input sample: {program.Spec.Input}.");
        yield return ("OutputLength", program.Spec.Output.Length, "The scores of one sample.");
        yield return ("BatchSize", program.Spec.BatchSize, "The most samples in one call of a batched operation.");
        if (program.Trains)
            yield return ("TargetLength", program.Spec.TargetLength, "The targets of one sample.");
        yield return ("ParameterCount", program.Parameters.ParameterCount, "The parameters, without padding.");
        yield return ("ParametersLength", program.Parameters.Length, "The floats of a parameter or gradient buffer.");
        yield return ("TrainedLength", program.Parameters.TrainedLength, "The floats at its start that are trained.");
        yield return ("PredictWorkspaceLength", program.Predict.Workspace.Length, "The floats of workspace for one prediction.");
        yield return ("PredictBatchWorkspaceLength", program.PredictBatch.Workspace.Length, "The floats of workspace for a batch of predictions.");
        if (program.Trains)
            yield return ("TrainingWorkspaceLength", program.TrainStep.Workspace.Length, "The floats of workspace for losses, gradients and training steps.");
        if (program.Process is not { } process)
            yield break;

        yield return ("InputChannels", program.Spec.Input.Channels, "The floats of one frame of the input.");
        yield return ("OutputChannels", program.Spec.Output.Channels, "The floats of one frame of the output.");
        yield return ("StreamLength", process.Stream.Length, "The floats that are kept of a signal between calls.");
        yield return ("ProcessWorkspaceLength", process.Workspace.Length, "The floats of workspace for any number of frames.");
    }

    public void Emit()
    {
        EmitSizes();
        EmitContract();
        EmitWeights(writer, target);
        EmitOperations();
        if (program.Trains)
        {
            EmitTrainingOperations();
            EmitPhases();
        }
    }

    /// <summary>The weights that the attribute names, where it names any.</summary>
    public static void EmitWeights(SourceWriter writer, NetworkDeclaration target)
    {
        if (target.Weights is not { } weights)
            return;

        writer.Blank();
        writer.Write("/// <summary>The trained parameters, (ParametersLength), read-only data of the assembly; empty where their file was not there when it was built.</summary>");
        writer.Write(GeneratedNames.Attributes);
        writer.Write($"public static {Floats} Weights => {(weights.IsPacked ? $"global::{WeightsPair.Namespace}.{new WeightsPair(target.File, weights.File).ClassName}.Values" : "default")};");
    }

    private void EmitSizes()
    {
        foreach ((string name, int value, string summary) in Lengths(program))
            Constant("int", name, value, summary);
        Constant("long", "MultiplyAdds", program.Spec.Layers.Sum(static layer => layer.MultiplyAdds), "The multiply-adds of one prediction.");
        if (!program.Trains)
            return;

        Constant("int", "SgdStateLength", 0, "The floats of state that Sgd keeps: none.");
        Constant("int", "MomentumStateLength", program.Parameters.TrainedLength, "The floats of state that Momentum and Nesterov keep.");
        Constant("int", "AdamStateLength", 2 * program.Parameters.TrainedLength, "The floats of state that Adam and AdamW keep.");
    }

    private void Constant(string type, string name, long value, string summary)
    {
        writer.Write($"/// <summary>{summary}</summary>");
        writer.Write($"public const {type} {name} = {value.ToString(System.Globalization.CultureInfo.InvariantCulture)};");
        writer.Blank();
    }

    private void EmitContract()
    {
        BeginMember();
        writer.Write($"public static string Json => {Literal.Of(NetworkJson.Write(program.Spec))};");
        EmitDescription();
        BeginMember();
        writer.Write("public static string Plan =>");
        writer.Write("    \"\"\"");
        foreach (string line in PlanText.Of(NetworkEmitter.Title(target), program).Split('\n'))
            writer.Write("    " + line);
        writer.Write("    \"\"\";");
        writer.Blank();
        foreach (string name in ContractSizes)
            writer.Write($"static int global::NativeNet.INetwork.{name} => {name};");
        if (program.Process is not null)
            EmitStreaming();
        if (!program.Trains)
            return;

        writer.Write($"static {DescriptionCode.LossType} {_contract}.TrainingLoss => {DescriptionCode.LossType}.{program.Spec.Loss!.Value.ToString()};");
        foreach (string name in TrainingSizes)
            writer.Write($"static int {_contract}.{name} => {name};");
        if (program.Spec.LeastSamples > 1)
            writer.Write($"static int {_contract}.LeastSamples => {program.Spec.LeastSamples};");
        if (program.Spec.IsStateful)
            writer.Write($"static bool {_contract}.IsStateful => true;");
        writer.Write($"static int {_contract}.LayerCount => {program.Trained.Count};");
        writer.Write($"static global::NativeNet.LayerBuffers {_contract}.Scores => {_operations}.Scores;");
        Operation("global::NativeNet.LayerBuffers", "Layer", "int layer", "layer");
    }

    private void EmitStreaming()
    {
        foreach (string name in StreamingSizes)
            writer.Write($"static int global::NativeNet.IStreamingNetwork.{name} => {name};");
        writer.Write($"static global::NativeNet.StreamingNetwork? global::NativeNet.INetwork.Streaming => global::NativeNet.GeneratedStreaming<{target.FullName}>.Instance;");
        Operation(
            "void", "Process", $"{Floats} parameters, {WritableFloats} stream, {Floats} inputs, {WritableFloats} outputs, {WritableFloats} workspace",
            "parameters, stream, inputs, outputs, workspace");
    }

    private void EmitOperations()
    {
        Operation("void", "Initialize", $"{WritableFloats} parameters, ulong seed", "parameters, seed");
        Operation("void", "Predict", $"{Floats} parameters, {Floats} input, {WritableFloats} scores, {WritableFloats} workspace", "parameters, input, scores, workspace");
        Operation("void", "PredictBatch", $"{Floats} parameters, {Floats} inputs, {WritableFloats} scores, {WritableFloats} workspace", "parameters, inputs, scores, workspace");
    }

    private void EmitTrainingOperations()
    {
        string training = $"{Floats} inputs, global::System.ReadOnlySpan<{_targetType}> targets";
        Operation("float", "Loss", $"{Floats} parameters, {training}, {WritableFloats} workspace", "parameters, inputs, targets, workspace");
        BeginMember();
        writer.Write($"public static float Gradients({Floats} parameters, {training}, {WritableFloats} gradients, {WritableFloats} workspace, global::NativeNet.Numerics.TrainingDraw draw = default)");
        writer.Write($"    => {_operations}.Gradients<{target.FullName}>(parameters, inputs, targets, gradients, workspace, draw);");
        BeginMember();
        writer.Write($"public static float TrainStep<TRule>({WritableFloats} parameters, {WritableFloats} state, {training}, in TRule rule, long step, {WritableFloats} workspace, global::NativeNet.WorkerTeam? team = null, ulong seed = 0)");
        writer.Write("    where TRule : struct, global::NativeNet.Numerics.IUpdateRule<TRule>");
        writer.Write($"    => {_operations}.TrainStep<{target.FullName}, TRule>(parameters, state, inputs, targets, in rule, step, workspace, team, seed);");
        Operation("void", "UpdateRunningAverages", $"{WritableFloats} parameters, {Floats} workspace", "parameters, workspace");
    }

    /// <summary>What a step is made of: for those who run one, not for users, and so on the interface alone.</summary>
    private void EmitPhases()
    {
        string pass = $"in global::NativeNet.Kernels.TrainingPass<{_targetType}> pass";
        writer.Blank();
        writer.Write($"static int {_contract}.ScratchLength => {program.ScratchLength};");
        Hidden("int", "ScratchOffset", "ScratchOffset");
        Hidden("global::System.ReadOnlySpan<global::NativeNet.Kernels.TrainingPhase>", "Phases", "Phases");
        Hidden(
            "void",
            $"RunPhase<TRule>(int phase, {pass}, in TRule rule, global::NativeNet.Kernels.PhasePart part, ref float scratch)",
            "RunPhase(phase, in pass, in rule, part, ref scratch)");
        Hidden("float", $"MeanLoss({pass})", "MeanLoss(in pass)");
    }

    private void Hidden(string type, string member, string call)
    {
        writer.Blank();
        writer.Write(GeneratedNames.Attributes);
        writer.Write($"static {type} {_contract}.{member} => {_operations}.{call};");
    }

    private void Operation(string type, string name, string parameters, string arguments)
    {
        BeginMember();
        writer.Write($"public static {type} {name}({parameters})");
        writer.Write($"    => {_operations}.{name}({arguments});");
    }

    /// <summary>What running code asks of the description, so that it need not read the JSON.</summary>
    private void EmitDescription()
    {
        BeginMember();
        writer.Write($"public static string Fingerprint => {Literal.Of(NetworkFingerprint.Of(program.Spec))};");
        BeginMember();
        writer.Write($"public static {DescriptionCode.TrainingType}? Training {{ get; }} = {DescriptionCode.Of(program.Spec.Training)};");
        BeginMember();
        writer.Write($"public static {DescriptionCode.NamesType} Classes {{ get; }} = {DescriptionCode.Of(program.Spec.Classes)};");
        BeginMember();
        writer.Write($"public static {DescriptionCode.ShapeType} InputShape {{ get; }} = {DescriptionCode.Of(program.Spec.Input)};");
        BeginMember();
        writer.Write($"public static {DescriptionCode.TableType} Tensors {{ get; }} = new {DescriptionCode.TableType}(");
        using (writer.Indent())
        {
            writer.Write($"new {DescriptionCode.SlotsType}(");
            writer.Write("[");
            using (writer.Indent())
            {
                foreach (TensorSlot slot in program.Parameters.Table.Slots)
                    writer.Write(DescriptionCode.Of(slot) + ",");
            }

            writer.Write("]),");
            writer.Write($"TrainedLength, ParametersLength, ParameterCount, {(program.Parameters.Table.NeedsLayout ? "true" : "false")});");
        }
    }

    private void BeginMember()
    {
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write(GeneratedNames.Attributes);
    }
}
