using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Activations as operators; two that version 17 does not have as what they are made of.</summary>
internal static class OnnxActivation
{
    /// <summary>Adds the nodes of an activation.</summary>
    /// <param name="export">The graph.</param>
    /// <param name="layer">The layer that has it.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="value">What it is applied to.</param>
    /// <returns>What comes of it.</returns>
    public static string Export(OnnxExport export, LayerSpec layer, ActivationSpec activation, string value) => activation.Kind switch
    {
        ActivationKind.None => value,
        ActivationKind.LeakyRelu => export.Node(layer, "LeakyRelu", [value], OnnxAttribute.Of("alpha", activation.NegativeSlope)),
        ActivationKind.Elu => export.Node(layer, "Elu", [value], OnnxAttribute.Of("alpha", activation.Alpha)),
        ActivationKind.Relu6 or ActivationKind.Clip
            => export.Node(layer, "Clip", [value, export.Number(layer, "min", activation.Minimum), export.Number(layer, "max", activation.Maximum)]),
        ActivationKind.Silu => export.Node(layer, "Mul", [value, export.Node(layer, "Sigmoid", [value])]),
        ActivationKind.Gelu => Gelu(export, layer, value),

        // The words of all others are the operators' names, but for the first letter.
        var kind => export.Node(layer, kind.ToString(), [value]),
    };

    /// <summary>z · sigmoid(z · (G₁ + G₃ · z²)), as the numeric contract has it.</summary>
    private static string Gelu(OnnxExport export, LayerSpec layer, string value)
    {
        string cubic = export.Node(layer, "Mul", [export.Node(layer, "Mul", [value, value]), export.Number(layer, "gelu3", 0.0713548139f)]);
        string factor = export.Node(layer, "Add", [cubic, export.Number(layer, "gelu1", 1.59576917f)]);
        return export.Node(layer, "Mul", [value, export.Node(layer, "Sigmoid", [export.Node(layer, "Mul", [value, factor])])]);
    }
}
