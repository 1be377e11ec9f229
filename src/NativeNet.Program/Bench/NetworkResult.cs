namespace NativeNet.Program.Bench;

/// <summary>The figures of one network.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Shape">Inputs and units, as in 64-32-10.</param>
/// <param name="BatchSize">The samples of a batch.</param>
/// <param name="Measurements">What was measured.</param>
internal sealed record NetworkResult(string Name, string Shape, int BatchSize, IReadOnlyList<Measurement> Measurements);
