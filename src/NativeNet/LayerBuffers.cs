namespace NativeNet;

/// <summary>Where the values of one layer lie in the training workspace, for whoever watches training.</summary>
/// <param name="Index">The layer's position in the file.</param>
/// <param name="Units">The outputs of one sample.</param>
/// <param name="Stride">Floats from one sample to the next.</param>
/// <param name="Outputs">The offset of the outputs, (samples, units), after the activation.</param>
/// <param name="Gradients">The offset of the gradient with respect to the sums before the activation, (samples, units).</param>
public readonly record struct LayerBuffers(int Index, int Units, int Stride, int Outputs, int Gradients);
