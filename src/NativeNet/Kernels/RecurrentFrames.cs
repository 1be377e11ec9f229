using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>Where the frames of a batch lie: the gradients of the sums in rows, and what the weights are multiplied with in blocks.</summary>
/// <param name="Count">The samples.</param>
/// <param name="Block">The samples of a block.</param>
/// <param name="Sample">Floats of the gradients a sample, from block to block.</param>
/// <param name="Frame">Floats of the gradients from frame to frame.</param>
/// <param name="Row">Floats of the gradients from sample to sample inside a block.</param>
/// <param name="FactorSample">Floats of the factors a sample, from block to block.</param>
/// <param name="FactorFrame">Floats of the factors from frame to frame.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RecurrentFrames(int Count, int Block, int Sample, int Frame, int Row, int FactorSample = 0, int FactorFrame = 0);
