using NativeNet.Program.CommandLine;

namespace NativeNet.Program.Bench;

/// <summary>Measures networks, the register-only loop and memory together, all in the same rounds.</summary>
internal static class BenchRun
{
    /// <summary>Enough for the minima to settle on a machine with other work; a few seconds for all networks.</summary>
    private const int Rounds = 100;

    /// <summary>Measures.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="threads">How many threads share a training step.</param>
    /// <param name="cancellationToken">Ends the run after the round at hand.</param>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public static BenchResult Measure(IReadOnlyList<NetworkBench> networks, int threads, CancellationToken cancellationToken)
    {
        using var memory = new MemoryTraffic();
        Workload[] traffic = memory.Workloads();
        Workload[][] perNetwork = [.. networks.Select(static network => network.Workloads())];
        var robin = new RoundRobin([FmaLoop.Create(), .. traffic, .. perNetwork.SelectMany(static workloads => workloads)]);

        for (int round = 1; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Terminal.ShowProgress($"round {round} of {Rounds}");
            robin.RunRound();
        }

        Terminal.ShowProgress("");
        var results = new Queue<Measurement>(robin.Results);
        return new BenchResult(threads, results.Dequeue(), Take(results, traffic.Length),
            [.. networks.Zip(perNetwork, (network, workloads)
                => new NetworkResult(network.Name, network.Shape, network.BatchSize, Take(results, workloads.Length)))]);
    }

    private static Measurement[] Take(Queue<Measurement> results, int count)
    {
        var taken = new Measurement[count];
        for (int i = 0; i < count; i++)
            taken[i] = results.Dequeue();
        return taken;
    }
}
