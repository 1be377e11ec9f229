namespace NativeNet.Program.Bench;

/// <summary>The figures of one run of <c>nativenet bench</c>.</summary>
/// <param name="Threads">How many threads shared a training step.</param>
/// <param name="FmaLoop">The register-only loop, on one thread.</param>
/// <param name="Memory">Reading and copying, on one thread.</param>
/// <param name="Networks">The networks in the order they were asked for.</param>
internal sealed record BenchResult(
    int Threads, Measurement FmaLoop, IReadOnlyList<Measurement> Memory, IReadOnlyList<NetworkResult> Networks)
{
    /// <summary>The first measurement that breaks the promise that nothing allocates; null when all keep it.</summary>
    public Measurement? FindAllocation()
        => Networks.SelectMany(static network => network.Measurements).FirstOrDefault(static measurement => measurement.AllocatedBytes != 0);
}
