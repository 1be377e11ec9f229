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
        foreach (string name in (string[])[.. SurfaceEmitter.ContractSizes, "TargetLength", "ParameterCount", "SgdStateLength", "MomentumStateLength", "AdamStateLength"])
            writer.Write($"public const int {name} = 1;");
        writer.Write("public const long MultiplyAdds = 1;");
        writer.Blank();
        writer.Write("public static string Json => \"\";");
        writer.Write("public static string Plan => \"\";");
        writer.Write("public static string Fingerprint => \"\";");
        writer.Write($"public static {DescriptionCode.TrainingType}? Training => null;");
        writer.Write($"public static {DescriptionCode.ShapeType} InputShape => default;");
        writer.Write($"public static {DescriptionCode.TableType} Tensors {{ get; }} = new(default, 1, 1, 1);");
        writer.Blank();
        foreach (string name in SurfaceEmitter.ContractSizes)
            writer.Write($"static int INetwork.{name} => {name};");
        writer.Write("static int INetwork.LayerCount => 1;");
        writer.Blank();
        writer.Write("""
            public static LayerBuffers Layer(int layer) => default;
            public static void Initialize(Span<float> parameters, ulong seed) { }
            public static void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace) { }
            public static void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace) { }
            """);
        foreach (string target in (string[])["int", "float"])
        {
            writer.Blank();
            writer.Write($"static int INetwork<{target}>.TargetLength => TargetLength;");
            writer.Write($"public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, Span<float> workspace) => 0;");
            writer.Write($"public static float Gradients(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw = default) => 0;");
            writer.Write($"public static float TrainStep<TRule>(Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<{target}> targets, in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0) where TRule : struct, IUpdateRule<TRule> => 0;");
            writer.Write($"public static void TrainRows(in TrainingPass<{target}> pass, int stage, int row, int count, ref float tile) {{ }}");
            writer.Write($"public static void UpdatePart<TRule>(in TrainingPass<{target}> pass, in TRule rule, int layer, int part, int parts, ref float tile) where TRule : struct, IUpdateRule<TRule> {{ }}");
            writer.Write($"public static float MeanLoss(in TrainingPass<{target}> pass) => 0;");
        }
    }
}
