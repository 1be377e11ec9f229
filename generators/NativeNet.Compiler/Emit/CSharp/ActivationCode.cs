using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>The calls that apply an activation, or its derivative, to a vector.</summary>
internal static class ActivationCode
{
    /// <summary>The function as comments name it.</summary>
    public static string Name(ActivationSpec activation) => Vocabulary.Activations.WordFor(activation.Kind);

    /// <summary>A lanes expression for the activation of the vector <paramref name="sum"/>.</summary>
    public static string Forward(ActivationSpec activation, Tile tile, string sum)
        => Forward(activation, tile.LaneType, $"new {tile.LaneType}({sum})");

    /// <summary>A lanes expression for the activation of the lanes <paramref name="z"/>.</summary>
    public static string Forward(ActivationSpec activation, string laneType, string z) => activation.Kind switch
    {
        ActivationKind.Relu => $"Activations.Relu({z})",
        ActivationKind.LeakyRelu => $"Activations.LeakyRelu({z}, {Lanes(laneType, activation.NegativeSlope)})",
        ActivationKind.Tanh => $"Elementary.Tanh({z})",
        ActivationKind.Sigmoid => $"Elementary.Sigmoid({z})",
        ActivationKind.Elu => $"Activations.Elu({z}, {Lanes(laneType, activation.Alpha)})",
        ActivationKind.Gelu => $"Activations.Gelu({z})",
        ActivationKind.Silu => $"Activations.Silu({z})",
        ActivationKind.HardSwish => $"Activations.HardSwish({z})",
        ActivationKind.Softplus => $"Elementary.Softplus({z})",
        ActivationKind.Relu6 or ActivationKind.Clip => $"Activations.Clip({z}, {Range(activation, laneType)})",
        _ => z,
    };

    /// <summary>
    /// A lanes expression for the gradient <paramref name="dy"/> times the derivative, a function of what was kept: the sum
    /// where <see cref="ActivationSpec.DerivesFromSum"/>, else the output.
    /// </summary>
    public static string Backward(ActivationSpec activation, string laneType, string kept, string dy) => activation.Kind switch
    {
        ActivationKind.Relu => $"Activations.ReluBackward({kept}, {dy})",
        ActivationKind.LeakyRelu => $"Activations.LeakyReluBackward({kept}, {dy}, {Lanes(laneType, activation.NegativeSlope)})",
        ActivationKind.Tanh => $"Activations.TanhBackward({kept}, {dy})",
        ActivationKind.Sigmoid => $"Activations.SigmoidBackward({kept}, {dy})",
        ActivationKind.Elu => $"Activations.EluBackward({kept}, {dy}, {Lanes(laneType, activation.Alpha)})",
        ActivationKind.Gelu => $"Activations.GeluBackward({kept}, {dy})",
        ActivationKind.Silu => $"Activations.SiluBackward({kept}, {dy})",
        ActivationKind.HardSwish => $"Activations.HardSwishBackward({kept}, {dy})",
        ActivationKind.Softplus => $"Activations.SoftplusBackward({kept}, {dy})",
        ActivationKind.Relu6 or ActivationKind.Clip => $"Activations.ClipBackward({kept}, {dy}, {Range(activation, laneType)})",
        _ => dy,
    };

    private static string Range(ActivationSpec activation, string laneType)
        => $"{Lanes(laneType, activation.Minimum)}, {Lanes(laneType, activation.Maximum)}";

    private static string Lanes(string laneType, float value) => $"{laneType}.Create({Literal.Of(value)})";
}
