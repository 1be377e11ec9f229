namespace NativeNet;

/// <summary>Where the values of one layer lie in the training workspace, for whoever watches training.</summary>
/// <remarks>
/// A layer keeps its samples one by one, or in blocks of samples that lie side by side, as vectors take them. Value u of
/// sample b is at <c>(b − b % Block) · Stride + u · Block + b % Block</c> from the offset; with blocks of one that is
/// <c>b · Stride + u</c>.
/// </remarks>
/// <param name="Index">The layer's position in the file.</param>
/// <param name="Units">The outputs of one sample.</param>
/// <param name="Stride">Floats that a sample takes.</param>
/// <param name="Block">The samples that lie side by side, or 1.</param>
/// <param name="Outputs">The offset of the outputs, after the activation; −1 where a step gives their memory to other values.</param>
/// <param name="Gradients">The offset of the gradient with respect to the sums before the activation; −1 likewise.</param>
/// <param name="IsRelu">Whether an output of 0 stops its unit's gradient.</param>
public readonly record struct LayerBuffers(int Index, int Units, int Stride, int Block, int Outputs, int Gradients, bool IsRelu);
