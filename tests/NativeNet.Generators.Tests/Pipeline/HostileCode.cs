namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>A consumer's code that would change or break generated code whose names are looked up where the consumer's are.</summary>
internal static class HostileCode
{
    /// <summary>Types with names of the library's own namespace, where a type of such a name would be the one that is meant.</summary>
    public const string RootTypes = """
        internal interface INetwork { } internal interface INetwork<T> { } internal struct LayerBuffers { } internal class WorkerTeam { }
        internal class TrainingStep { } internal struct GeneratedPhases<A, B> { }
        """;

    /// <summary>
    /// Types with names that generated code uses: the library's, .NET's, and those of generated types themselves. Some have
    /// the very members that are called, so that a wrong name compiles and computes something else.
    /// </summary>
    public const string Types = RootTypes + "\n" + """
        internal static class Guard { public static void Length(int length, int wanted, string name) { } public static int Samples(int length, int sample, int batch, string name) => 1; }
        internal static class Rows { public static void Copy(ref float from, int stride, global::System.Span<float> to, int length) => to.Fill(float.NaN); }
        internal static class Math { public static int Min(int a, int b) => a < b ? b : a; }
        internal static class Unsafe { public static ref T Add<T>(ref T from, int count) => ref from; public static ref T Add<T>(ref T from, nuint count) => ref from; }
        internal static class Vector128 { public static bool IsHardwareAccelerated => false; }
        internal static class Vector256 { public static bool IsHardwareAccelerated => false; }
        internal static class Vector512 { public static bool IsHardwareAccelerated => false; }
        internal struct Vector512<T> { }
        internal struct Vector256<T> { }
        internal struct Vector128<T> { }
        internal ref struct Span<T> { }
        internal ref struct ReadOnlySpan<T> { }
        internal struct Lanes512 { } internal struct Lanes256 { } internal struct Lanes128 { }
        internal interface ILanes<T> { } internal interface IUpdateRule<T> { } internal struct TrainingPhase { } internal struct PhasePart { }
        internal struct TrainingPass<T> { } internal struct TrainingDraw { } internal struct LossBuffers { }
        internal class MemoryMarshal { } internal class Activations { } internal class Elementary { } internal class Blocks { } internal class Transpose { } internal class WorkRange { }
        internal class MaxPool { } internal class AveragePool { } internal class LayerNorm { } internal class BatchNorm { } internal class PRelu { } internal class Dropout { }
        internal class WindowTaps { } internal class TapWindows { } internal class Window2D { } internal class WindowAxis { } internal class PanelMatrix { } internal class StoreGradient { }
        internal class ParameterInitializer { } internal class InitializerSpec { } internal enum InitializerKind { } internal class SoftmaxCrossEntropyLoss { }
        internal class NormShape { } internal class BatchNormShape { } internal class SlopeShape { } internal class DropoutShape { }
        internal class ArgumentOutOfRangeException { } internal class Exception { } internal class GeneratedCode { } internal class ExcludeFromCodeCoverage { }
        internal class Kernels512 { } internal class Kernels256 { } internal class Kernels128 { } internal class Operations { } internal class Layout { } internal class Network { }
        """;

    /// <summary>Members with names that generated code uses, for a type around it or a <c>using static</c>.</summary>
    public const string Members = """
        public const int InputLength = 1, OutputLength = 1, TargetLength = 1, ParametersLength = 1, BatchSize = 1, RowLosses = 1, UpdateTile = 1, Statistics = 1;
        public static int Guard, Rows, Math, Unsafe, Vector512, Vector256, Vector128, Kernels512, Kernels256, Kernels128, Operations, Layout, MemoryMarshal, Lanes512, Activations, Blocks;
        public static float MeanLoss(object pass) => float.NaN;
        public static float Evaluate(params object[] all) => float.NaN;
        public static float Tile(object pass) => float.NaN;
        public static void Predict(params object[] all) { }
        """;

    /// <summary>Types and a method with the names of the namespaces that everything comes from.</summary>
    public const string Roots = """
        public class System { public class Span { } }
        public class NativeNet { public class Kernels { } }
        public static int Generated, global;
        """;

    /// <summary>Statements of a program, with local functions and variables of such names.</summary>
    public const string Program = """
        int System = 1, NativeNet = 2, Unsafe = 3, Vector512 = 4, Vector256 = 5, MemoryMarshal = 6, InputLength = 7, Kernels512 = 8, Layout = 9, Dense1Outputs = 10;
        static int Guard(int length) => length;
        static int Rows(int length) => length;
        static int Math(int length) => length;
        static int Tile(int length) => length;
        static int Evaluate(int length) => length;
        return System + NativeNet + Unsafe + Vector512 + Vector256 + MemoryMarshal + InputLength + Kernels512 + Layout + Dense1Outputs
            + Guard(1) + Rows(1) + Math(1) + Tile(1) + Evaluate(1);
        """;
}
