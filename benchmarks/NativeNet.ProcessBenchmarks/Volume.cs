using System.Globalization;
using NativeNet.Runtime;
using NativeNet.Training;

namespace NativeNet.ProcessBenchmarks;

/// <summary>What a training step sends from process to process.</summary>
internal static class Volume
{
    /// <summary>Trains with a network's largest batch and prints what each process sends in a step.</summary>
    /// <param name="path">A network's file.</param>
    /// <param name="processes">The processes.</param>
    public static void Print(string path, ProcessTeam processes)
    {
        PredictingNetwork network = RuntimeNetwork.Load(path);
        long bytes = network switch
        {
            TrainableNetwork<int> classes => Step(classes, processes),
            TrainableNetwork<float> values => Step(values, processes),
            _ => 0,
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}; batches of {network.BatchSize}; process {processes.Rank} of {processes.Count} sends {bytes / 1e6:F3} MB"));
    }

    private static long Step<TTarget>(TrainableNetwork<TTarget> network, ProcessTeam processes)
        where TTarget : unmanaged
    {
        using var session = new NetworkSession<TTarget>(network, seed: 1, threads: 1, processes);
        float[] inputs = new float[network.BatchSize * network.InputLength];
        TTarget[] targets = new TTarget[network.BatchSize * network.TargetLength];

        // The first step plans the others.
        session.Step(inputs, targets, new Sgd(0.01f));
        long before = processes.BytesSent;
        session.Step(inputs, targets, new Sgd(0.01f));
        return processes.BytesSent - before;
    }
}
