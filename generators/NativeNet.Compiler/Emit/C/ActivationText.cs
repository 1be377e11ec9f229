using NativeNet.Compiler.Emit.C.Library;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>The expressions that apply an activation, or its derivative, to one number.</summary>
internal static class ActivationText
{
    /// <summary>The function as comments name it, behind a comma; empty where there is none.</summary>
    public static string Suffix(ActivationSpec activation)
        => activation.Kind == ActivationKind.None ? "" : ", " + Vocabulary.Activations.WordFor(activation.Kind);

    /// <summary>Whether it is so long that a tile stores its sums first and one loop applies it.</summary>
    public static bool IsLong(ActivationSpec activation)
        => activation.Kind is not (ActivationKind.None or ActivationKind.Relu or ActivationKind.LeakyRelu or ActivationKind.Relu6 or ActivationKind.Clip);

    /// <summary>y from the sum z, an expression without side effects.</summary>
    public static string Forward(SnippetLibrary library, ActivationSpec activation, string z) => activation.Kind switch
    {
        ActivationKind.Relu => $"{library.Use("relu")}({z})",
        ActivationKind.LeakyRelu => $"{library.Use("leaky")}({z}, {z}, {CLiteral.Of(activation.NegativeSlope)})",
        ActivationKind.Tanh => $"{library.Use("hyperbolic_tangent")}({z})",
        ActivationKind.Sigmoid => $"{library.Use("sigmoid")}({z})",
        ActivationKind.Elu => $"{library.Use("elu")}({z}, {CLiteral.Of(activation.Alpha)})",
        ActivationKind.Gelu => $"{library.Use("gelu")}({z})",
        ActivationKind.Silu => $"{library.Use("silu")}({z})",
        ActivationKind.HardSwish => $"{library.Use("hard_swish")}({z})",
        ActivationKind.Softplus => $"{library.Use("softplus")}({z})",
        ActivationKind.Relu6 or ActivationKind.Clip => $"{library.Use("clip")}({z}, {Range(activation)})",
        _ => z,
    };

    /// <summary>The gradient of z from that of y, by what was kept: the sum where <see cref="ActivationSpec.DerivesFromSum"/>, else the output.</summary>
    public static string Backward(SnippetLibrary library, ActivationSpec activation, string kept, string dy) => activation.Kind switch
    {
        ActivationKind.Relu => $"{library.Use("relu_gradient")}({kept}, {dy})",
        ActivationKind.LeakyRelu => $"{library.Use("leaky")}({kept}, {dy}, {CLiteral.Of(activation.NegativeSlope)})",
        ActivationKind.Tanh => $"{library.Use("tanh_gradient")}({kept}, {dy})",
        ActivationKind.Sigmoid => $"{library.Use("sigmoid_gradient")}({kept}, {dy})",
        ActivationKind.Elu => $"{library.Use("elu_gradient")}({kept}, {dy}, {CLiteral.Of(activation.Alpha)})",
        ActivationKind.Gelu => $"{library.Use("gelu_gradient")}({kept}, {dy})",
        ActivationKind.Silu => $"{library.Use("silu_gradient")}({kept}, {dy})",
        ActivationKind.HardSwish => $"{library.Use("hard_swish_gradient")}({kept}, {dy})",
        ActivationKind.Softplus => $"{library.Use("softplus_gradient")}({kept}, {dy})",
        ActivationKind.Relu6 or ActivationKind.Clip => $"{library.Use("clip_gradient")}({kept}, {dy}, {Range(activation)})",
        _ => dy,
    };

    private static string Range(ActivationSpec activation) => $"{CLiteral.Of(activation.Minimum)}, {CLiteral.Of(activation.Maximum)}";
}
