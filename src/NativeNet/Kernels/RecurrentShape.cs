using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a recurrent layer know of it.</summary>
/// <remarks>
/// Units lie in panels of 16, the last of 4, 8 or 16; in a panel the gates of the weights side by side, and so the sums, of which a
/// gru has one more. A plane is one value of every unit.
/// </remarks>
/// <param name="Steps">T, the frames.</param>
/// <param name="Inputs">I, the channels of a frame.</param>
/// <param name="Units">H.</param>
/// <param name="ReturnsSequences">Whether the state behind every frame is put out.</param>
/// <param name="InputWeights">The offset of the weights of x among the parameters.</param>
/// <param name="HiddenWeights">The offset of the weights of h.</param>
/// <param name="Biases">The offset of the biases.</param>
/// <param name="HiddenBiases">The offset of the biases of a gru's n inside the product with r; else 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentShape(
    int Steps, int Inputs, int Units, bool ReturnsSequences, int InputWeights, int HiddenWeights, int Biases, int HiddenBiases)
{
    /// <summary>The units of every panel but the last.</summary>
    internal const int FullWidth = 16;

    /// <summary>How many panels there are.</summary>
    internal int Panels => (Units + FullWidth - 1) / FullWidth;

    /// <summary>The floats of a plane of one sample: the units with their padding.</summary>
    internal int Plane => (FullWidth * (Panels - 1)) + Width(Panels - 1);

    /// <summary>The units of a panel, padding included.</summary>
    /// <param name="panel">From 0.</param>
    internal int Width(int panel) => UnitsOf(panel) switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => FullWidth,
    };

    /// <summary>The units of a panel.</summary>
    /// <param name="panel">From 0.</param>
    internal int UnitsOf(int panel) => Math.Min(FullWidth, Units - (FullWidth * panel));
}
