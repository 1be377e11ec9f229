using NativeNet.Description;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit;

/// <summary>The calls that apply an activation, or its derivative, to a vector.</summary>
internal static class ActivationCode
{
    /// <summary>The function as comments name it.</summary>
    public static string Name(ActivationSpec activation) => Vocabulary.Activations.WordFor(activation.Kind);

    /// <summary>A lanes expression for the activation of the vector <paramref name="sum"/>.</summary>
    public static string Forward(ActivationSpec activation, Tile tile, string sum)
    {
        string z = $"new {tile.LaneType}({sum})";
        return activation.Kind switch
        {
            ActivationKind.Relu => $"Activations.Relu({z})",
            ActivationKind.LeakyRelu => $"Activations.LeakyRelu({z}, {Slope(activation, tile.LaneType)})",
            ActivationKind.Tanh => $"Elementary.Tanh({z})",
            ActivationKind.Sigmoid => $"Elementary.Sigmoid({z})",
            _ => z,
        };
    }

    /// <summary>
    /// A lanes expression for the gradient <paramref name="dy"/> times the derivative, which every activation gives as a
    /// function of its output <paramref name="y"/>.
    /// </summary>
    public static string Backward(ActivationSpec activation, string laneType, string y, string dy) => activation.Kind switch
    {
        ActivationKind.Relu => $"Activations.ReluBackward({y}, {dy})",
        ActivationKind.LeakyRelu => $"Activations.LeakyReluBackward({y}, {dy}, {Slope(activation, laneType)})",
        ActivationKind.Tanh => $"Activations.TanhBackward({y}, {dy})",
        ActivationKind.Sigmoid => $"Activations.SigmoidBackward({y}, {dy})",
        _ => dy,
    };

    private static string Slope(ActivationSpec activation, string laneType)
        => $"{laneType}.Create({Literal.Of(activation.NegativeSlope)})";
}
