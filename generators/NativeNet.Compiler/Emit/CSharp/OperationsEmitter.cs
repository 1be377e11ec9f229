using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the operations of a network: their checks, their phases, and the choice of the vector width.</summary>
internal sealed class OperationsEmitter(SourceWriter writer, Program program)
{
    private readonly string _targetType = SurfaceEmitter.TargetType(program.Spec.Loss);

    public void Emit()
    {
        writer.Write("/// <summary>The operations: lengths are checked, then the kernels of the processor's widest vectors are called.</summary>");
        writer.Write(GeneratedNames.Attributes);
        using (writer.BeginBlock($"internal static class {GeneratedNames.Operations}"))
        {
            if (program.Trains)
                EmitLayers();
            EmitInitialize();
            EmitPredictions();
            if (program.Process is { } process)
                EmitProcess(process);
            if (program.Trains)
            {
                EmitTraining();
                EmitPhases();
            }
        }
    }

    private bool HasClassesOfPositions => program.Spec.Loss == LossKind.SoftmaxCrossEntropy && program.Spec.TargetLength > 1;

    private void EmitLayers()
    {
        writer.Write($"internal static global::NativeNet.LayerBuffers Scores => new({Buffers(program.Last)});");
        writer.Blank();
        writer.Write("internal static global::NativeNet.LayerBuffers Layer(int layer) => layer switch");
        writer.Write("{");
        for (int i = 0; i < program.Trained.Count; i++)
        {
            writer.Write($"    {i} => new({Buffers(program.Trained[i])}),");
        }

        writer.Write("    _ => throw new ArgumentOutOfRangeException(nameof(layer)),");
        writer.Write("};");
    }

    /// <summary>Where the values of a layer lie, as the arguments of what says it.</summary>
    private string Buffers(LayerPlan own)
    {
        int block = own.Views.Output.Form == SampleForm.Rows ? 1 : program.BlockSize;
        string isRelu = own.Spec is IActivatedLayer { Activation.Kind: ActivationKind.Relu } ? "true" : "false";
        return FormattableString.Invariant($"{own.Spec.Index}, {own.Spec.Output.Length}, {own.Views.Output.Stride}, {block}, {Watched(own.Views.Output)}, {Watched(own.SumGradient)}, {isRelu}");
    }

    /// <summary>Where a value lies behind a step, or −1.</summary>
    private string Watched(View view) => program.TrainStep.Leaves(view) ? view.Buffer : "-1";

    private void EmitInitialize()
    {
        writer.Blank();
        using (writer.BeginBlock("internal static void Initialize(Span<float> parameters, ulong seed)"))
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
            writer.Write($"ParameterInitializer.Fill({place}, {tensor.Stream}, new InitializerSpec(InitializerKind.{initializer.Kind.ToString()}, {Literal.Of(initializer.Gain)}), seed);");
        else if (tensor.Spec.Start != 0)
            writer.Write($"ParameterInitializer.Fill({place}, {Literal.Of(tensor.Spec.Start)});");
        for (int gate = 0; gate < tensor.Spec.GateStarts.Count; gate++)
        {
            if (tensor.Spec.GateStarts[gate] != 0)
                writer.Write($"ParameterInitializer.FillGate({place}, {gate}, {Literal.Of(tensor.Spec.GateStarts[gate])});");
        }
    }

    private void EmitPredictions()
    {
        writer.Blank();
        using (writer.BeginBlock("internal static void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)"))
        {
            writer.Write("""
                Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
                Guard.Length(input.Length, InputLength, nameof(input));
                Guard.Length(scores.Length, OutputLength, nameof(scores));
                Guard.AtLeast(workspace.Length, PredictWorkspaceLength, nameof(workspace));
                """);
            writer.Write("ref float buffers = ref MemoryMarshal.GetReference(workspace);");
            EmitDispatch("Predict(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(parameters), ref buffers)");
            writer.Write($"Rows.Copy(ref Unsafe.Add(ref buffers, {program.SingleScores.Buffer}), {program.SingleScores.Stride}, scores, OutputLength);");
        }

        writer.Blank();
        using (writer.BeginBlock("internal static void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)"))
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
                writer.Write($"Rows.Copy(ref Unsafe.Add(ref buffers, {program.BatchScores.Buffer}), {program.BatchScores.Stride}, scores.Slice(block * OutputLength, samples * OutputLength), OutputLength);");
            }
        }
    }

    private void EmitProcess(StreamPlan process)
    {
        writer.Blank();
        using (writer.BeginBlock("internal static void Process(ReadOnlySpan<float> parameters, Span<float> stream, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> workspace)"))
        {
            writer.Write("""
                Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
                Guard.Length(stream.Length, StreamLength, nameof(stream));
                int frames = Guard.Frames(inputs.Length, InputChannels, outputs.Length, OutputChannels, nameof(inputs), nameof(outputs));
                Guard.AtLeast(workspace.Length, ProcessWorkspaceLength, nameof(workspace));
                int frame = 0;
                """);
            foreach (Stretch stretch in process.Stretches)
            {
                using (writer.BeginBlock($"for (; frame <= frames - {stretch.Frames}; frame += {stretch.Frames})"))
                {
                    EmitDispatch($"{ProcessEmitter.MethodName(stretch)}(ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), frame * InputChannels), ref MemoryMarshal.GetReference(parameters), ref MemoryMarshal.GetReference(stream), ref MemoryMarshal.GetReference(workspace))");
                    string length = stretch.Frames == 1 ? "OutputChannels" : FormattableString.Invariant($"{stretch.Frames} * OutputChannels");
                    writer.Write($"workspace.Slice({stretch.Outputs.Buffer}, {length}).CopyTo(outputs.Slice(frame * OutputChannels, {length}));");
                }
            }
        }
    }

    private string NetworkConstraint => $"where TNetwork : struct, global::NativeNet.INetwork<{_targetType}>";

    private string PhasesType => $"default(global::NativeNet.GeneratedPhases<TNetwork, {_targetType}>)";

    private string PassType => $"TrainingPass<{_targetType}>";

    private void EmitTraining()
    {
        string targets = $"ReadOnlySpan<{_targetType}> targets";
        writer.Blank();
        using (writer.BeginBlock($"internal static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, {targets}, Span<float> workspace)"))
        {
            EmitTrainingChecks();
            writer.Write($"""
                {PassType} pass = new(parameters, default, inputs, targets, workspace, count);
                Evaluate(pass, 0, count, ref Unsafe.Add(ref pass.Workspace, ScratchOffset));
                return MeanLoss(pass);
                """);
        }

        writer.Blank();
        writer.Write($"internal static float Gradients<TNetwork>(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, {targets}, Span<float> gradients, Span<float> workspace, TrainingDraw draw)");
        using (writer.BeginBlock("    " + NetworkConstraint))
        {
            EmitTrainingChecks();
            EmitLeastSamples();
            writer.Write($"""
                Guard.Length(gradients.Length, ParametersLength, nameof(gradients));
                return global::NativeNet.TrainingStep.Gradients({PhasesType}, parameters, inputs, targets, count, gradients, workspace, draw);
                """);
        }

        writer.Blank();
        writer.Write($"internal static float TrainStep<TNetwork, TRule>(Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, {targets}, in TRule rule, long step, Span<float> workspace, global::NativeNet.WorkerTeam? team, ulong seed)");
        writer.Write("    " + NetworkConstraint);
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        {
            EmitTrainingChecks();
            EmitLeastSamples();
            writer.Write($"""
                Guard.Length(state.Length, TRule.StateCount * TrainedLength, nameof(state));
                return global::NativeNet.TrainingStep.Run({PhasesType}, parameters, state, inputs, targets, count, rule.AtStep(step), workspace, new TrainingDraw(seed, step), team);
                """);
        }

        EmitRunningAverages();
    }

    private void EmitRunningAverages()
    {
        writer.Blank();
        using (writer.BeginBlock("internal static void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)"))
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
        writer.Write(program.Spec.Loss switch
        {
            LossKind.SoftmaxCrossEntropy when HasClassesOfPositions => "Guard.Classes(targets, OutputLength / TargetLength, nameof(targets));",
            LossKind.SoftmaxCrossEntropy => "Guard.Classes(targets, OutputLength, nameof(targets));",
            LossKind.BinaryCrossEntropy => "Guard.Probabilities(targets, nameof(targets));",
            _ => "Guard.Finite(targets, nameof(targets));",
        });
    }

    private void EmitLeastSamples()
    {
        if (program.Spec.LeastSamples > 1)
            writer.Write($"Guard.LeastSamples(count, {program.Spec.LeastSamples}, nameof(inputs));");
    }

    private void EmitPhases()
    {
        string reciprocal = program.Spec.TargetLength == 1 && program.Spec.Loss == LossKind.SoftmaxCrossEntropy ? "1f / pass.Count" : $"1f / (pass.Count * {(HasClassesOfPositions ? "TargetLength" : "OutputLength")})";
        Phase[] phases = [.. program.TrainStep.Phases];
        writer.Blank();
        writer.Write($"internal const int ScratchOffset = {Planner.UpdateTile};");
        writer.Blank();
        writer.Write("internal static readonly TrainingPhase[] Phases =");
        writer.Write("[");
        foreach (Phase phase in phases)
            writer.Write($"    TrainingPhase.{Describe(phase)},");
        writer.Write("];");

        writer.Blank();
        writer.Write($"internal static void RunPhase<TRule>(int phase, in {PassType} pass, in TRule rule, PhasePart part, ref float scratch)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        using (writer.BeginBlock("switch (phase)"))
        {
            for (int i = 0; i < phases.Length; i++)
            {
                int stage = phases.Take(i).Count(static before => before.Kind == PhaseKind.Statistics);
                writer.Write($"case {i}:");
                writer.Write($"    {Call(phases[i], stage)};");
                writer.Write("    break;");
            }
        }

        writer.Blank();
        using (writer.BeginBlock($"private static void TrainRows(in {PassType} pass, int stage, int row, int count, ref float tile)"))
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
            using (writer.BeginBlock($"private static void TrainStatistics(in {PassType} pass, int stage, int part, int parts)"))
                EmitDispatch("TrainStatistics(pass, stage, part, parts)");
        }

        writer.Blank();
        writer.Write($"private static void Update<TRule>(in {PassType} pass, in TRule rule, int layer, int part, int parts, ref float tile)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
            EmitDispatch("Update(pass, in rule, layer, part, parts, ref tile)");

        writer.Blank();
        writer.Write($"internal static float MeanLoss(in {PassType} pass)");
        writer.Write($"    => Rows.Mean(ref Unsafe.Add(ref pass.Workspace, {Planner.RowLosses}), pass.Count, {reciprocal});");

        writer.Blank();
        using (writer.BeginBlock($"private static void Evaluate(in {PassType} pass, int row, int count, ref float tile)"))
            EmitDispatch($"Evaluate(pass, (nuint)row, (nuint)count, {reciprocal}, ref tile)");
    }

    /// <summary>How a phase is cut, as the library says it.</summary>
    private string Describe(Phase phase) => phase.Kind switch
    {
        PhaseKind.Rows => FormattableString.Invariant($"Rows({program.PartSize}{Values(program.ResultsOf(phase))})"),
        PhaseKind.Statistics => "Statistics()",
        _ => $"Update({string.Join(", ", phase.Calls.Select(Describe))})",
    };

    /// <summary>What processes tell each other of an update, as the library says it.</summary>
    private string Describe(Call update) => program.HandsSumsOn(update)
        ? FormattableString.Invariant($"UpdateLayer.OfSums({Program.ParametersOf(update)})")
        : FormattableString.Invariant($"new UpdateLayer({program.WorkOf(update)}{Values(update.WorkspaceReads)})");

    private static string Values(IEnumerable<View> views)
        => string.Concat(views.Select(static view => FormattableString.Invariant($", new BatchValue({view.Buffer}, {view.Stride})")));

    /// <summary>What a phase does with a part of it; a stage is numbered by the sums over the batch before it.</summary>
    private string Call(Phase phase, int stage) => phase.Kind switch
    {
        PhaseKind.Rows => FormattableString.Invariant($"TrainRows(pass, {stage}, part.First, part.Count, ref scratch)"),
        PhaseKind.Statistics => FormattableString.Invariant($"TrainStatistics(pass, {stage}, part.First, part.Count)"),
        _ => $"Update(pass, in rule, {(program.FirstUpdated(phase) is int first and > 0 ? FormattableString.Invariant($"{first} + ") : "")}part.Layer, part.First, part.Count, ref scratch)",
    };

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
}
