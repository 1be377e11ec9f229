namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>
/// Writes the public face of a network whose file has errors. Without it every use of the type would add an error of its
/// own and bury the one that matters. Sizes are 1, so that code which divides by them or makes arrays of them compiles.
/// </summary>
internal static class PlaceholderEmitter
{
    /// <summary>The interfaces of a placeholder: the file that would tell the type of the targets could not be read.</summary>
    public const string Interface = " : INetwork<int>, INetwork<float>";

    public static void Emit(SourceWriter writer)
    {
        foreach (string name in (string[])[.. SurfaceEmitter.ContractSizes, .. SurfaceEmitter.TrainingSizes, "ParameterCount", "SgdStateLength", "MomentumStateLength", "AdamStateLength"])
            writer.Write($"public const int {name} = 1;");
        writer.Write("public const long MultiplyAdds = 1;");
        writer.Blank();
        writer.Write("public static string Json => \"\";");
        writer.Write("public static string Plan => \"\";");
        writer.Blank();
        foreach (string name in SurfaceEmitter.ContractSizes)
            writer.Write($"static int INetwork.{name} => {name};");
        writer.Blank();
        writer.Write("""
            public static LayerBuffers Layer(int layer) => default;
            public static void Initialize(Span<float> parameters, ulong seed) { }
            public static void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace) { }
            public static void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace) { }
            public static void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace) { }
            """);
        foreach (string target in (string[])["int", "float"])
        {
            writer.Blank();
            foreach (string name in SurfaceEmitter.TrainingSizes)
                writer.Write($"static int INetwork<{target}>.{name} => {name};");
            writer.Write($"static int INetwork<{target}>.ScratchOffset => 0;");
            writer.Write($"static int INetwork<{target}>.LayerCount => 1;");
            writer.Write($"public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, Span<float> workspace) => 0;");
            writer.Write($"public static float Gradients(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw = default) => 0;");
            writer.Write($"public static float TrainStep<TRule>(Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0) where TRule : struct, IUpdateRule<TRule> => 0;");
            writer.Write($"static ReadOnlySpan<TrainingPhase> INetwork<{target}>.Phases => default;");
            writer.Write($"static void INetwork<{target}>.RunPhase<TRule>(int phase, in TrainingPass<{target}> pass, in TRule rule, PhasePart part, ref float scratch) {{ }}");
            writer.Write($"static float INetwork<{target}>.MeanLoss(in TrainingPass<{target}> pass) => 0;");
        }
    }
}
