namespace NativeNet.Training.Monitoring;

/// <summary>How one layer did in one epoch.</summary>
/// <param name="Index">The layer's position in the network's file.</param>
/// <param name="Weights">The mean |w| of its weights after the epoch, relative to that at the start of training.</param>
/// <param name="Gradients">
/// The mean magnitude, over the epoch's samples and the layer's units, of the gradient of a sample's loss with respect to
/// the sum before the activation; NaN where a step gives their memory to other values.
/// </param>
/// <param name="Updates">The mean |w after − w before| of its weights over the epoch.</param>
/// <param name="DeadShare">The share of its units whose output was 0 for every sample of the epoch, from 0 to 1; NaN likewise.</param>
public readonly record struct LayerRecord(int Index, double Weights, double Gradients, double Updates, double DeadShare);
