namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>
/// Writes the public face of a network whose file has errors. Without it every use of the type would add an error of its
/// own and bury the one that matters. Sizes are 1, so that code which divides by them or makes arrays of them compiles.
/// </summary>
/// <remarks>It has the members of every network, whatever its targets, so these are the names that a user's struct has no room for.</remarks>
internal static class PlaceholderEmitter
{
    /// <summary>The interfaces of a placeholder: the file that would tell the type of the targets could not be read.</summary>
    public const string Interface = " : global::NativeNet.INetwork<int>, global::NativeNet.INetwork<float>, global::NativeNet.IStreamingNetwork";

    public static void Emit(SourceWriter writer)
    {
        foreach (string name in (string[])[.. SurfaceEmitter.ContractSizes, .. SurfaceEmitter.TrainingSizes, .. SurfaceEmitter.StreamingSizes, "ParameterCount", "SgdStateLength", "MomentumStateLength", "AdamStateLength"])
            writer.Write($"public const int {name} = 1;");
        writer.Write("public const long MultiplyAdds = 1;");
        writer.Blank();
        writer.Write("public static string Json => \"\";");
        writer.Write("public static string Plan => \"\";");
        writer.Write("public static string Fingerprint => \"\";");
        writer.Write($"public static {DescriptionCode.TrainingType}? Training => null;");
        writer.Write($"public static {DescriptionCode.NamesType} Classes => default;");
        writer.Write($"public static {DescriptionCode.ShapeType} InputShape => default;");
        writer.Write($"public static {DescriptionCode.TableType} Tensors {{ get; }} = new(default, 1, 1, 1);");
        writer.Blank();
        foreach (string name in SurfaceEmitter.ContractSizes)
            writer.Write($"static int global::NativeNet.INetwork.{name} => {name};");
        foreach (string name in SurfaceEmitter.StreamingSizes)
            writer.Write($"static int global::NativeNet.IStreamingNetwork.{name} => {name};");
        writer.Blank();
        writer.Write("""
            public static global::NativeNet.LayerBuffers Layer(int layer) => default;
            public static void Initialize(global::System.Span<float> parameters, ulong seed) { }
            public static void Predict(global::System.ReadOnlySpan<float> parameters, global::System.ReadOnlySpan<float> input, global::System.Span<float> scores, global::System.Span<float> workspace) { }
            public static void PredictBatch(global::System.ReadOnlySpan<float> parameters, global::System.ReadOnlySpan<float> inputs, global::System.Span<float> scores, global::System.Span<float> workspace) { }
            public static void Process(global::System.ReadOnlySpan<float> parameters, global::System.Span<float> stream, global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs, global::System.Span<float> workspace) { }
            public static void UpdateRunningAverages(global::System.Span<float> parameters, global::System.ReadOnlySpan<float> workspace) { }
            """);
        foreach (string target in (string[])["int", "float"])
        {
            string batch = $"global::System.ReadOnlySpan<float> inputs, global::System.ReadOnlySpan<{target}> targets";
            string contract = $"global::NativeNet.INetwork<{target}>";
            string pass = $"in global::NativeNet.Kernels.TrainingPass<{target}> pass";
            writer.Blank();
            writer.Write($"static {DescriptionCode.LossType} {contract}.TrainingLoss => default;");
            foreach (string name in SurfaceEmitter.TrainingSizes)
                writer.Write($"static int {contract}.{name} => {name};");
            writer.Write($"static int {contract}.LayerCount => 1;");
            writer.Write($"static global::NativeNet.LayerBuffers {contract}.Scores => default;");
            writer.Write($"static int {contract}.ScratchLength => 1;");
            writer.Write($"static int {contract}.ScratchOffset => 0;");
            writer.Write($"public static float Loss(global::System.ReadOnlySpan<float> parameters, {batch}, global::System.Span<float> workspace) => 0;");
            writer.Write($"public static float Gradients(global::System.ReadOnlySpan<float> parameters, {batch}, global::System.Span<float> gradients, global::System.Span<float> workspace, global::NativeNet.Numerics.TrainingDraw draw = default) => 0;");
            writer.Write($"public static float TrainStep<TRule>(global::System.Span<float> parameters, global::System.Span<float> state, {batch}, in TRule rule, long step, global::System.Span<float> workspace, global::NativeNet.WorkerTeam? team = null, ulong seed = 0) where TRule : struct, global::NativeNet.Numerics.IUpdateRule<TRule> => 0;");
            writer.Write($"static global::System.ReadOnlySpan<global::NativeNet.Kernels.TrainingPhase> {contract}.Phases => default;");
            writer.Write($"static void {contract}.RunPhase<TRule>(int phase, {pass}, in TRule rule, global::NativeNet.Kernels.PhasePart part, ref float scratch) {{ }}");
            writer.Write($"static float {contract}.MeanLoss({pass}) => 0;");
        }
    }
}
