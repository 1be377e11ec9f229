using System.Collections.Immutable;

namespace NativeNet.Training.Monitoring;

/// <summary>What a monitor remembers between epochs, saved with the run.</summary>
/// <param name="StartWeights">The mean |w| of every layer at the start of training.</param>
/// <param name="Predictions">What is remembered of the predictions.</param>
internal sealed record MonitorMemory(ImmutableArray<double> StartWeights, PredictionMemory Predictions);
