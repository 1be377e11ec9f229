using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary>The limit on what a layer puts out for one sample.</summary>
/// <remarks>Checked before a shape is made of it: the length of every shape fits an <see cref="int"/>.</remarks>
internal static class SampleSize
{
    /// <summary>Whether a sample is small enough; if not, reports it at the layer's type.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="elements">What it would put out for one sample.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    public static bool Check(JsonObject layer, long elements, DiagnosticBag diagnostics)
    {
        if (elements <= NetworkLimits.Activations)
            return true;

        diagnostics.Add(
            DiagnosticTable.TooManyActivations, layer.Find(LayerForm.Type.Name)!.Value.Span, "One sample",
            elements.ToString(CultureInfo.InvariantCulture), NetworkLimits.Activations.ToString(CultureInfo.InvariantCulture));
        return false;
    }
}
