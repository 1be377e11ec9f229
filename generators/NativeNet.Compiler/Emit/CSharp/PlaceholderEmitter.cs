namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>
/// Writes the public face of a network whose file has errors. Without it every use of the type would add an error of its
/// own and bury the one that matters. Sizes are 1, so that code which divides by them or makes arrays of them compiles.
/// </summary>
/// <remarks>It has the members of every network, whatever its targets, so these are the names that a user's struct has no room for.</remarks>
internal static class PlaceholderEmitter
{
    /// <summary>The interfaces of a placeholder: the file that would tell the type of the targets could not be read.</summary>
    public const string Interface = " : global::NativeNet.INetwork<int>, global::NativeNet.INetwork<float>";

    public static void Emit(SourceWriter writer)
    {
        foreach (string name in (string[])[.. SurfaceEmitter.ContractSizes, "TargetLength", "ParameterCount", "SgdStateLength", "MomentumStateLength", "AdamStateLength"])
            writer.Write($"public const int {name} = 1;");
        writer.Write("public const long MultiplyAdds = 1;");
        writer.Blank();
        writer.Write("public static string Json => \"\";");
        writer.Write("public static string Plan => \"\";");
        writer.Write("public static int StatisticsCount => 0;");
        writer.Blank();
        foreach (string name in SurfaceEmitter.ContractSizes)
            writer.Write($"static int global::NativeNet.INetwork.{name} => {name};");
        writer.Write("static int global::NativeNet.INetwork.LayerCount => 1;");
        writer.Blank();
        writer.Write("""
            public static global::NativeNet.LayerBuffers Layer(int layer) => default;
            public static void Initialize(global::System.Span<float> parameters, ulong seed) { }
            public static void Predict(global::System.ReadOnlySpan<float> parameters, global::System.ReadOnlySpan<float> input, global::System.Span<float> scores, global::System.Span<float> workspace) { }
            public static void PredictBatch(global::System.ReadOnlySpan<float> parameters, global::System.ReadOnlySpan<float> inputs, global::System.Span<float> scores, global::System.Span<float> workspace) { }
            public static void UpdateRunningAverages(global::System.Span<float> parameters, global::System.ReadOnlySpan<float> workspace) { }
            """);
        foreach (string target in (string[])["int", "float"])
        {
            string batch = $"global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<{target}> targets";
            string pass = $"in global::NativeNet.Kernels.TrainingPass<{target}> pass";
            writer.Blank();
            writer.Write($"static int global::NativeNet.INetwork<{target}>.TargetLength => TargetLength;");
            writer.Write($"public static float Loss(global::System.ReadOnlySpan<float> parameters, {batch}, global::System.Span<float> workspace) => 0;");
            writer.Write($"public static float Gradients(global::System.ReadOnlySpan<float> parameters, {batch}, global::System.Span<float> gradients, global::System.Span<float> workspace, global::NativeNet.TrainingDraw draw = default) => 0;");
            writer.Write($"public static float TrainStep<TRule>(global::System.Span<float> parameters, global::System.Span<float> state, {batch}, in TRule rule, long step, global::System.Span<float> workspace, global::NativeNet.Training.WorkerTeam? team = null, ulong seed = 0) where TRule : struct, global::NativeNet.Training.IUpdateRule<TRule> => 0;");
            writer.Write($"public static void TrainRows({pass}, int stage, int row, int count, ref float tile) {{ }}");
            writer.Write($"public static void TrainStatistics({pass}, int stage, int part, int parts) {{ }}");
            writer.Write($"public static void UpdatePart<TRule>({pass}, in TRule rule, int layer, int part, int parts, ref float tile) where TRule : struct, global::NativeNet.Training.IUpdateRule<TRule> {{ }}");
            writer.Write($"public static float MeanLoss({pass}) => 0;");
        }
    }
}
