namespace NativeNet.Numerics;

/// <summary>What decides the random numbers of a training step; networks without dropout draw none.</summary>
/// <param name="Seed">The key of the random numbers.</param>
/// <param name="Step">The number of the step, from 1; its low 32 bits count.</param>
/// <param name="FirstSample">
/// The number of the first sample within the step: the samples of earlier batches where several make one step, else 0.
/// </param>
public readonly record struct TrainingDraw(ulong Seed, long Step, int FirstSample = 0);
