namespace NativeNet.PeerBenchmarks;

/// <summary>What one network takes, in seconds: the shortest time that was seen of each.</summary>
/// <param name="Network">What it is called.</param>
/// <param name="BatchSize">The samples of a step.</param>
/// <param name="Predict">One sample, generated.</param>
/// <param name="OnnxRuntime">One sample, ONNX Runtime.</param>
/// <param name="Step">A training step, generated.</param>
/// <param name="Torch">A training step, libtorch; null where it does not load.</param>
/// <param name="TorchChannelsLast">The same with the channels of images last in memory; null where there are no images too.</param>
internal sealed record PeerFigures(
    string Network, int BatchSize, double Predict, double OnnxRuntime, double Step, double? Torch, double? TorchChannelsLast);
