using NativeNet.Description;
using NativeNet.Compiler.Planning;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes what a user of the network calls: sizes as constants, and the operations with their checks.</summary>
/// <remarks>Over 300 lines, most of them the text that it writes: the members stand here in the order in which a user reads them.</remarks>
internal sealed class SurfaceEmitter(SourceWriter writer, NetworkDeclaration target, Program program)
{
    private readonly string _targetType = TargetType(program.Spec.Loss);

    /// <summary>The sizes that <c>INetwork</c> asks for, each the constant of the same name.</summary>
    public static IReadOnlyList<string> ContractSizes { get; } =
    [
        "InputLength", "OutputLength", "BatchSize", "ParametersLength", "TrainedLength", "PredictWorkspaceLength", "PredictBatchWorkspaceLength",
        "TrainingWorkspaceLength", "ScratchLength",
    ];

    /// <summary>The type of a training target: class numbers or values.</summary>
    public static string TargetType(LossKind loss) => loss == LossKind.SoftmaxCrossEntropy ? "int" : "float";

    public void Emit()
    {
        EmitSizes();
        EmitContract();
        EmitInitialize();
        EmitPredictions();
        EmitTraining();
        EmitPasses();
        EmitBuffers();
    }

    private void EmitSizes()
    {
        NetworkSpec spec = program.Spec;
        Constant("int", "InputLength", spec.Input.Length, $"The elements of one input sample: {spec.Input}.");
        Constant("int", "OutputLength", spec.Output.Length, "The scores of one sample.");
        Constant("int", "BatchSize", spec.BatchSize, "The most samples in one call of a batched operation.");
        Constant("int", "TargetLength", TargetLength, "The targets of one sample.");
        Constant("int", "ParameterCount", program.Parameters.ParameterCount, "The parameters, without padding.");
        Constant("int", "ParametersLength", program.Parameters.Length, "The floats of a parameter or gradient buffer.");
        Constant("int", "TrainedLength", program.Parameters.TrainedLength, "The floats at its start that are trained.");
        Constant("int", "PredictWorkspaceLength", program.Predict.Workspace.Length, "The floats of workspace for one prediction.");
        Constant("int", "PredictBatchWorkspaceLength", program.PredictBatch.Workspace.Length, "The floats of workspace for a batch of predictions.");
        Constant("int", "TrainingWorkspaceLength", program.TrainStep.Workspace.Length, "The floats of workspace for losses, gradients and training steps.");
        Constant("int", "ScratchLength", program.ScratchLength, "The floats of scratch that each further thread brings to a training step.");
        Constant("long", "MultiplyAdds", program.Spec.Layers.Sum(static layer => layer.MultiplyAdds), "The multiply-adds of one prediction.");
        Constant("int", "SgdStateLength", 0, "The floats of state that Sgd keeps: none.");
        Constant("int", "MomentumStateLength", program.Parameters.Length, "The floats of state that Momentum and Nesterov keep.");
        Constant("int", "AdamStateLength", 2 * program.Parameters.Length, "The floats of state that Adam and AdamW keep.");
    }

    private int TargetLength => program.Spec.Loss == LossKind.SoftmaxCrossEntropy ? 1 : program.Spec.Output.Length;

    private void Constant(string type, string name, long value, string summary)
    {
        writer.Write($"/// <summary>{summary}</summary>");
        writer.Write($"public const {type} {name} = {value.ToString(System.Globalization.CultureInfo.InvariantCulture)};");
        writer.Blank();
    }

    private void EmitContract()
    {
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static string Json => {Literal.Of(NetworkJson.Write(program.Spec))};");
        writer.Blank();
        EmitDescription();
        writer.Write("/// <inheritdoc/>");
        writer.Write("public static string Plan =>");
        writer.Write("    \"\"\"");
        foreach (string line in PlanText.Lines(target, program).Split('\n'))
            writer.Write("    " + line);
        writer.Write("    \"\"\";");
        writer.Blank();
        foreach (string name in ContractSizes)
            writer.Write($"static int INetwork.{name} => {name};");
        writer.Write($"static int INetwork<{_targetType}>.TargetLength => TargetLength;");
        writer.Write($"static int INetwork.LayerCount => {program.Trained.Count};");
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write("public static LayerBuffers Layer(int layer) => layer switch");
        writer.Write("{");
        for (int i = 0; i < program.Trained.Count; i++)
        {
            LayerPlan own = program.Trained[i];
            int block = own.Views.Output.Form == SampleForm.Rows ? 1 : program.BlockSize;
            string isRelu = own.Spec is IActivatedLayer { Activation.Kind: ActivationKind.Relu } ? "true" : "false";
            writer.Write($"    {i} => new LayerBuffers({own.Spec.Index}, {own.Spec.Output.Length}, {own.Views.Output.Stride}, {block}, {own.Views.Output.Buffer}, {own.SumGradient.Buffer}, {isRelu}),");
        }

        writer.Write("    _ => throw new ArgumentOutOfRangeException(nameof(layer)),");
        writer.Write("};");
    }

    /// <summary>What running code asks of the description, so that it need not read the JSON.</summary>
    private void EmitDescription()
    {
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static string Fingerprint => {Literal.Of(NetworkFingerprint.Of(program.Spec))};");
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static {DescriptionCode.TrainingType}? Training {{ get; }} = {DescriptionCode.Of(program.Spec.Training)};");
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static {DescriptionCode.ShapeType} InputShape {{ get; }} = {DescriptionCode.Of(program.Spec.Input)};");
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
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
            writer.Write("TrainedLength, ParametersLength, ParameterCount);");
        }

        writer.Blank();
    }

    private void EmitInitialize()
    {
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock("public static void Initialize(Span<float> parameters, ulong seed)"))
        {
            writer.Write("Guard.Length(parameters.Length, ParametersLength, nameof(parameters));");
            writer.Write("parameters.Clear();");
            foreach (ParameterTensor tensor in program.Parameters.Tensors)
                EmitInitialize(tensor);
        }
    }

    private void EmitInitialize(ParameterTensor tensor)
    {
        string place = FormattableString.Invariant($"parameters, {tensor.Offset}, {Literal.Of(tensor.Matrix)}");
        if (tensor.Spec.Initializer is { } initializer)
            writer.Write($"ParameterInitializer.Fill({place}, {tensor.LayerIndex}, new InitializerSpec(InitializerKind.{initializer.Kind.ToString()}, {Literal.Of(initializer.Gain)}), seed);");
        else if (tensor.Spec.Start != 0)
            writer.Write($"ParameterInitializer.Fill({place}, {Literal.Of(tensor.Spec.Start)});");
    }

    private void EmitPredictions()
    {
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock("public static void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)"))
        {
            writer.Write("""
                Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
                Guard.Length(input.Length, InputLength, nameof(input));
                Guard.Length(scores.Length, OutputLength, nameof(scores));
                Guard.AtLeast(workspace.Length, PredictWorkspaceLength, nameof(workspace));
                """);
            writer.Write("ref float buffers = ref MemoryMarshal.GetReference(workspace);");
            EmitDispatch("Predict(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(parameters), ref buffers)");
            writer.Write($"Rows.Copy(ref Unsafe.Add(ref buffers, {program.SingleScores.Buffer}), {program.Last.Views.Output.Stride}, scores, OutputLength);");
        }

        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock("public static void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)"))
        {
            writer.Write("""
                Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
                int count = Guard.Samples(inputs.Length, InputLength, BatchSize, nameof(inputs));
                Guard.Length(scores.Length, count * OutputLength, nameof(scores));
                Guard.AtLeast(workspace.Length, PredictBatchWorkspaceLength, nameof(workspace));
                """);
            writer.Write("ref float buffers = ref MemoryMarshal.GetReference(workspace);");
            using (writer.BeginBlock($"for (int block = 0; block < count; block += {program.BlockSize})"))
            {
                writer.Write($"int samples = Math.Min({program.BlockSize}, count - block);");
                EmitDispatch("PredictBatch(ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), block * InputLength), ref MemoryMarshal.GetReference(parameters), ref buffers, (nuint)samples)");
                writer.Write($"Rows.Copy(ref Unsafe.Add(ref buffers, {program.BatchScores.Buffer}), {program.Last.Views.Output.Stride}, scores.Slice(block * OutputLength, samples * OutputLength), OutputLength);");
            }
        }
    }

    private string PassType => $"TrainingPass<{_targetType}>";

    private void EmitTraining()
    {
        string targets = $"ReadOnlySpan<{_targetType}> targets";
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock($"public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, {targets}, Span<float> workspace)"))
        {
            EmitTrainingChecks();
            writer.Write($"""
                var pass = new {PassType}(parameters, default, inputs, targets, workspace, count);
                Evaluate(pass, 0, count, ref Tile(pass));
                return MeanLoss(pass);
                """);
        }

        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock($"public static float Gradients(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, {targets}, Span<float> gradients, Span<float> workspace, TrainingDraw draw = default)"))
        {
            EmitTrainingChecks();
            writer.Write($"""
                Guard.Length(gradients.Length, ParametersLength, nameof(gradients));
                var pass = new {PassType}(parameters, default, inputs, targets, workspace, count, draw);
                """);
            EmitStages();
            writer.Write($"""
                gradients.Clear();
                var store = new {PassType}(gradients, default, inputs, targets, workspace, count);
                for (int layer = 0; layer < {program.Trained.Count}; layer++)
                    UpdatePart(store, default(StoreGradient), layer, 0, 1, ref Tile(pass));
                return MeanLoss(pass);
                """);
        }

        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static float TrainStep<TRule>(Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, {targets}, in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        {
            EmitTrainingChecks();
            writer.Write($"""
                Guard.Length(state.Length, TRule.StateCount * ParametersLength, nameof(state));
                TRule atStep = rule.AtStep(step);
                var draw = new TrainingDraw(seed, step);
                if (team is not null)
                    return team.TrainStep<{target.Name}, {_targetType}, TRule>(parameters, state, inputs, targets, atStep, workspace, draw, {program.PartSize});

                var pass = new {PassType}(parameters, state, inputs, targets, workspace, count, draw);
                """);
            EmitStages();
            writer.Write($"""
                for (int layer = 0; layer < {program.Trained.Count}; layer++)
                    UpdatePart(pass, atStep, layer, 0, 1, ref Tile(pass));
                """);
            if (program.HasStatistics)
                writer.Write("UpdateRunningAverages(parameters, workspace);");
            writer.Write("return MeanLoss(pass);");
        }

        if (program.HasStatistics)
            EmitRunningAverages();
    }

    /// <summary>The stages of the rows and, where they wait for the whole batch, the statistics between them.</summary>
    private void EmitStages()
    {
        int statistics = program.StatisticsCount;
        if (statistics > 0)
        {
            writer.Write($$"""
                for (int stage = 0; stage < {{statistics}}; stage++)
                {
                    TrainRows(pass, stage, 0, count, ref Tile(pass));
                    TrainStatistics(pass, stage, 0, 1);
                }

                """);
        }

        writer.Write($"TrainRows(pass, {statistics}, 0, count, ref Tile(pass));");
    }

    private void EmitRunningAverages()
    {
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock("public static void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)"))
        {
            writer.Write("""
                Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
                Guard.AtLeast(workspace.Length, TrainingWorkspaceLength, nameof(workspace));
                """);
            foreach (Call call in program.TrainStep.Calls.Where(static call => call.Op.Kind == OpKind.RunningAverages))
                writer.Write(BatchNormEmitter.RunningAverages((BatchNormPlan)program.LayerOf(call.Op)));
        }
    }

    private void EmitTrainingChecks()
    {
        writer.Write("""
            Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
            int count = Guard.Samples(inputs.Length, InputLength, BatchSize, nameof(inputs));
            Guard.Length(targets.Length, count * TargetLength, nameof(targets));
            Guard.AtLeast(workspace.Length, TrainingWorkspaceLength, nameof(workspace));
            """);
        if (program.Spec.Loss == LossKind.SoftmaxCrossEntropy)
            writer.Write("Guard.Classes(targets, OutputLength, nameof(targets));");
    }

    private void EmitPasses()
    {
        string reciprocal = program.Spec.Loss == LossKind.SoftmaxCrossEntropy ? "1f / pass.Count" : "1f / (pass.Count * OutputLength)";
        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        using (writer.BeginBlock($"public static void TrainRows(in {PassType} pass, int stage, int row, int count, ref float tile)"))
        {
            if (program.TrainsOtherwise)
            {
                EmitDispatch($"TrainRows(pass, stage, (nuint)row, (nuint)count, {reciprocal}, ref tile)");
            }
            else
            {
                writer.Write("Evaluate(pass, row, count, ref tile);");
                EmitDispatch("Backward(pass, (nuint)row, (nuint)count)");
            }
        }

        if (program.HasStatistics)
        {
            writer.Blank();
            writer.Write("/// <inheritdoc/>");
            writer.Write($"public static int StatisticsCount => {program.StatisticsCount};");
            writer.Blank();
            writer.Write("/// <inheritdoc/>");
            using (writer.BeginBlock($"public static void TrainStatistics(in {PassType} pass, int stage, int part, int parts)"))
                EmitDispatch("TrainStatistics(pass, stage, part, parts)");
        }

        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static void UpdatePart<TRule>(in {PassType} pass, in TRule rule, int layer, int part, int parts, ref float tile)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
            EmitDispatch("Update(pass, in rule, layer, part, parts, ref tile)");

        writer.Blank();
        writer.Write("/// <inheritdoc/>");
        writer.Write($"public static float MeanLoss(in {PassType} pass)");
        writer.Write($"    => Rows.Mean(ref Unsafe.Add(ref pass.Workspace, {Planner.RowLosses}), pass.Count, {reciprocal});");

        writer.Blank();
        using (writer.BeginBlock($"private static void Evaluate(in {PassType} pass, int row, int count, ref float tile)"))
            EmitDispatch($"Evaluate(pass, (nuint)row, (nuint)count, {reciprocal}, ref tile)");

        writer.Blank();
        writer.Write($"private static ref float Tile(in {PassType} pass) => ref Unsafe.Add(ref pass.Workspace, {Planner.UpdateTile});");
    }

    /// <summary>The hardware checks are constants to both compilers, so one branch remains.</summary>
    private void EmitDispatch(string call)
    {
        VectorWidth[] widths = VectorWidth.All;
        for (int i = 0; i < widths.Length; i++)
        {
            string guard = i == widths.Length - 1 ? "else"
                : FormattableString.Invariant($"{(i == 0 ? "" : "else ")}if (Vector{widths[i].Bits}.IsHardwareAccelerated)");
            writer.Write(guard);
            writer.Write($"    {KernelsEmitter.ClassName(widths[i])}.{call};");
        }
    }

    private void EmitBuffers()
    {
        EmitBuffers("The workspace of one prediction", program.Predict.Workspace);
        EmitBuffers("The workspace of a batch of predictions, for one block of samples", program.PredictBatch.Workspace);
        EmitBuffers("The training workspace", program.TrainStep.Workspace);
    }

    private void EmitBuffers(string workspace, Workspace buffers)
    {
        writer.Blank();
        writer.Write($"// {workspace}: where each buffer begins.");
        foreach (Planning.Buffer buffer in buffers.Buffers)
            writer.Write($"private const int {buffer.Name} = {buffer.Offset}; // {buffer.Meaning}");
    }
}
