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
        string lanes = $"new {tile.LaneType}({sum})";
        return activation.Kind switch
        {
            ActivationKind.None => lanes,
            ActivationKind.LeakyRelu => $"Activations.LeakyRelu({lanes}, {Literal.Of(activation.NegativeSlope)})",
            _ => $"Activations.{activation.Kind}({lanes})",
        };
    }

    /// <summary>
    /// A lanes expression for <paramref name="gradient"/> times the derivative, which every activation gives as a function
    /// of its output.
    /// </summary>
    public static string Backward(ActivationSpec activation, string output, string gradient) => activation.Kind switch
    {
        ActivationKind.None => gradient,
        ActivationKind.LeakyRelu => $"Activations.LeakyReluBackward({output}, {gradient}, {Literal.Of(activation.NegativeSlope)})",
        _ => $"Activations.{activation.Kind}Backward({output}, {gradient})",
    };
}
