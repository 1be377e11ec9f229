using Microsoft.CodeAnalysis;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Whatever a consumer calls its own things, a network beside them compiles without a warning and computes the same bits.</summary>
public sealed class GoodNeighbourTests
{
    /// <summary>A layer of every kind, so that every name generated code uses is in it.</summary>
    private const string Every = """
        { "input": [5, 4, 1], "layers": [
          { "type": "conv2d", "filters": 6, "kernelSize": 3, "padding": "same", "activation": "tanh" }, { "type": "maxPool2d" },
          { "type": "averagePool2d", "poolSize": 2, "strides": 1, "padding": 1 },
          { "type": "depthwiseConv2d", "kernelSize": 3, "padding": 1, "depthMultiplier": 2 }, { "type": "batchNorm" }, { "type": "prelu", "name": "p" },
          { "type": "activation", "activation": "gelu" }, { "type": "add", "from": "p" }, { "type": "flatten" }, { "type": "dropout", "rate": 0.2 },
          { "type": "layerNorm" }, { "type": "dense", "units": 10 } ], "loss": "softmaxCrossEntropy", "batchSize": 40 }
        """;

    private const string Attribute = "[global::NativeNet.Network(\"n.nn.json\")]";

    /// <summary>Uses the network § and returns what it computed.</summary>
    private const string Probe = """
        public static class Probe
        {
            public static float[] Run()
            {
                float[] parameters = new float[§.ParametersLength], state = new float[§.MomentumStateLength], scores = new float[§.OutputLength * 41];
                float[] workspace = new float[§.TrainingWorkspaceLength + §.PredictWorkspaceLength + §.PredictBatchWorkspaceLength], inputs = new float[§.InputLength * 40], gradients = new float[§.ParametersLength];
                int[] targets = new int[40];
                for (int i = 0; i < inputs.Length; i++)
                    inputs[i] = ((i * 37 % 101) / 50f) - 1;
                for (int i = 0; i < targets.Length; i++)
                    targets[i] = i % §.OutputLength;

                §.Initialize(parameters, 1);
                for (int step = 1; step < 3; step++)
                    §.TrainStep(parameters, state, inputs, targets, new global::NativeNet.Training.Momentum(0.05f), step, workspace, null, 2);
                using (global::NativeNet.WorkerTeam team = new(2))
                    §.TrainStep(parameters, state, inputs, targets, new global::NativeNet.Training.Momentum(0.05f), 3, workspace, team, 2);
                float loss = §.Gradients(parameters, inputs, targets, gradients, workspace) + §.Loss(parameters, inputs, targets, workspace);
                §.Predict(parameters, global::System.MemoryExtensions.AsSpan(inputs, 0, §.InputLength), global::System.MemoryExtensions.AsSpan(scores, 0, §.OutputLength), workspace);
                §.PredictBatch(parameters, inputs, global::System.MemoryExtensions.AsSpan(scores, §.OutputLength), workspace);
                return [loss, §.Layer(0).Stride, .. scores, .. parameters, .. gradients];
            }
        }
        """;

    private static readonly Lazy<float[]> Expected = new(static () => Run([$"{Attribute} partial struct N;"], "N"));

    [Fact]
    public void The_network_alone_computes_something()
    {
        Assert.All(Expected.Value, static value => Assert.True(float.IsFinite(value)));
        Assert.True(Expected.Value.Distinct().Count() > 1000);
    }

    [Fact]
    public void Types_of_such_names_in_its_namespace_change_nothing()
        => Same("Acme.Shop.N", $"namespace Acme.Shop;\n{Attribute} partial struct N;\n{HostileCode.Types}");

    /// <remarks>The worst kind: everything compiles, and batches end in the wrong places.</remarks>
    [Fact]
    public void A_type_with_the_very_method_that_is_called_changes_nothing()
        => Same("Acme.N", $"namespace Acme; {Attribute} partial struct N; static class Math {{ public static int Min(int a, int b) => 1; }}");

    [Fact]
    public void Types_of_such_names_in_the_global_namespace_change_nothing()
        => Same("N", $"{Attribute} partial struct N;\n{HostileCode.Types}");

    [Fact]
    public void Namespaces_of_such_names_change_nothing()
        => Same(
            "Acme.Shop.N",
            $"namespace Acme.Shop {{ {Attribute} partial struct N; }}",
            string.Concat(((string[])["", "Acme.", "Acme.Shop."]).SelectMany(static prefix => ((string[])["Math", "Guard", "Kernels", "Generated", "Unsafe", "Vector256"])
                .Select(name => $"namespace {prefix}{name} {{ class Thing; }}\n"))),
            "namespace Acme.System { class Thing; }\nnamespace Acme.NativeNet { class Thing; }\nnamespace Acme.Shop.System { class Thing; }\nnamespace Acme.Shop.NativeNet.Kernels { class Thing; }");

    [Fact]
    public void Namespaces_around_the_generated_ones_change_nothing()
        => Same(
            "N",
            $"{Attribute} partial struct N;",
            $"namespace NativeNet.Generated {{\n{HostileCode.Types}\n}}",
            $"namespace NativeNet {{\n{HostileCode.Types.Replace(HostileCode.RootTypes, "", StringComparison.Ordinal)}\n}}",
            "namespace NativeNet.System { class Thing; }\nnamespace NativeNet.Generated.System { class Thing; }\nnamespace NativeNet.Generated.NativeNet { class Thing; }");

    [Fact]
    public void Global_usings_change_nothing()
        => Same(
            "N",
            $"{Attribute} partial struct N;",
            """
            global using Other;
            global using static Other.Statics;
            global using Guard = System.String;
            global using Rows = System.Int32;
            global using Kernels512 = System.Int64;
            global using Vector256 = System.Action;
            """,
            $"namespace Other {{ public static class Statics {{ {HostileCode.Members.Replace("Guard, Rows, ", "", StringComparison.Ordinal)} }} }}",
            $"namespace Other {{\n{HostileCode.Types}\n}}",
            """
            namespace Other
            {
                public static class Extensions
                {
                    public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector512<float> vector, ref float to) { }
                    public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector256<float> vector, ref float to) { }
                    public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector128<float> vector, ref float to) { }
                }
            }
            """);

    [Fact]
    public void Members_of_the_types_around_it_change_nothing()
        => Same(
            "Acme.Outer.Inner.N",
            $$"""
            namespace Acme;
            public partial class Outer
            {
                {{HostileCode.Members}}
                {{HostileCode.Roots}}
                public partial interface Inner
                {
                    {{HostileCode.Roots}}
                    {{Attribute}} public partial struct N;
                }
            }
            """);

    [Fact]
    public void Its_own_members_change_nothing()
        => Same(
            "N",
            $$"""
            {{Attribute}}
            [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage, global::System.CodeDom.Compiler.GeneratedCode("other", "1")]
            partial struct N(int InputLength, int parameters)
            {
                public static int Guard, Rows, Math, Unsafe, Vector512, Kernels512, Operations, Layout, MemoryMarshal, RowLosses, Statistics, Dense1Outputs;
                public static float Evaluate(params object[] all) => float.NaN;
                public static float Tile(object pass) => float.NaN;
                public static float MeanLoss(global::NativeNet.Kernels.TrainingPass<double> pass) => float.NaN;
                public static float[] Predict(float[] parameters, float[] input) => [];
                public static void Initialize<T>(global::System.Span<float> parameters, ulong seed) { }
                public int Sum => InputLength + parameters;
                {{HostileCode.Roots}}
            }
            """);

    [Fact]
    public void Local_functions_of_a_program_change_nothing()
        => Same("N", OutputKind.ConsoleApplication, HostileCode.Program, $"{Attribute} partial struct N;");

    [Fact]
    public void A_type_called_var_changes_nothing()
        => Same("N", $"{Attribute} partial struct N;\nclass var;");

    /// <remarks>Hashes and shifts wrap, and loops of unsigned numbers may end below zero.</remarks>
    [Fact]
    public void Checked_arithmetic_changes_nothing()
        => Assert.Equal(Bits(Expected.Value), Bits(Run([$"{Attribute} partial struct N;"], "N", isChecked: true)));

    [Fact]
    public void A_private_struct_is_no_less_a_network()
        => Same(
            "Outer.Probe",
            $$"""partial class Outer { {{Attribute}} private partial struct N; {{Probe.Replace("§", "N", StringComparison.Ordinal)}} }""");

    /// <summary>Names that one underscore for every point and plus would make one.</summary>
    [Fact]
    public void Structs_of_similar_names_stay_apart()
        => Verify.Sources(
            GeneratorRun.Of(
                $$"""
                namespace A.B { {{Attribute}} partial struct N; partial class C { {{Attribute}} partial struct N; } }
                namespace A_B { {{Attribute}} partial struct N; }
                namespace A { {{Attribute}} partial struct B_N; {{Attribute}} partial struct B__N; }
                namespace A.B_C { {{Attribute}} partial struct N; }
                namespace A.B._C { {{Attribute}} partial struct N; }
                {{Attribute}} partial struct A_B_N;
                {{Attribute}} partial struct A_0B_1N;
                """,
                ("n.nn.json", Networks.Small)),
            [.. ((string[])["A.B.N", "A.B.C+N", "A_B.N", "A.B_N", "A.B__N", "A.B_C.N", "A.B._C.N", "A_B_N", "A_0B_1N"]).SelectMany(Networks.FilesOf)]);

    private static void Same(string network, params string[] sources) => Same(network, OutputKind.DynamicallyLinkedLibrary, sources);

    private static void Same(string network, OutputKind kind, params string[] sources)
        => Assert.Equal(Bits(Expected.Value), Bits(Run(sources, network, kind)));

    private static float[] Run(string[] sources, string network, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, bool isChecked = false)
    {
        string[] probe = network.EndsWith("Probe", StringComparison.Ordinal) ? [] : [Probe.Replace("§", "global::" + network, StringComparison.Ordinal)];
        GeneratorRun run = GeneratorRun.Of([.. sources.Concat(probe).Select(static source => "#pragma warning disable // The consumer's own.\n" + source)], [("n.nn.json", Every)], options => options.WithOutputKind(kind).WithOverflowChecks(isChecked));
        Assert.Empty(run.Result.Diagnostics);
        Verify.Compiles(run);
        return run.Call<float[]>(probe.Length == 0 ? network.Replace('.', '+') : "Probe", "Run");
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
