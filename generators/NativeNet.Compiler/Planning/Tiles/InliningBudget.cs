using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Which functions are so long that a method may hold one of them alone.</summary>
/// <remarks>
/// Just-in-time and ahead-of-time compilers stop inlining when a method's budget is spent, which the third or fourth
/// exponential or the sixteenth hardSwish does, and what is left becomes calls of single vector operations: dense layers with tanh took five times as
/// long as with relu. A tile therefore stores its sums, and one loop applies the function.
/// </remarks>
internal static class InliningBudget
{
    /// <summary>The most long functions that a method without loops may hold.</summary>
    public const int LongFunctions = 2;

    /// <summary>Whether an activation is long.</summary>
    public static bool IsLong(ActivationSpec activation) => activation.Kind is ActivationKind.Tanh or ActivationKind.Sigmoid
        or ActivationKind.Elu or ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish or ActivationKind.Softplus;

    /// <summary>Whether its derivative is.</summary>
    public static bool IsLongBackward(ActivationSpec activation)
        => activation.Kind is ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.Softplus;
}
