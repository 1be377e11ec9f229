using System.Diagnostics;
using System.Globalization;
using NativeNet;
using NativeNet.ProcessBenchmarks;
using NativeNet.Training;

// mpirun -n 2 processes [THREADS [TURNS]]: the time of a training step of both networks, the least of some turns.
// mpirun -n 2 processes FILE.nn.json...: what a step of a network's largest batch sends.
using ProcessTeam? processes = ProcessTeam.Join();
if (processes is not null && args is [var file, ..] && file.EndsWith(".json", StringComparison.Ordinal))
{
    foreach (string path in args)
        Volume.Print(path, processes);
    return;
}

int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
int turns = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
Measure<MnistWide>("mnist-wide, batches of 256", new Momentum(0.01f), steps: 20);
Measure<Resnet>("resnet, batches of 128", new Momentum(0.01f), steps: 4);

void Measure<TNetwork>(string name, Momentum rule, int steps)
    where TNetwork : struct, INetwork<int>
{
    using var session = new TrainingSession<TNetwork>(seed: 1, threads, processes);
    float[] inputs = [.. Enumerable.Range(0, TNetwork.BatchSize * TNetwork.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];
    int[] labels = [.. Enumerable.Range(0, TNetwork.BatchSize).Select(static i => i * i % TNetwork.OutputLength)];
    for (int step = 0; step < 2 * steps; step++)
        session.Step(inputs, labels, rule);

    double least = double.PositiveInfinity;
    for (int turn = 0; turn < turns; turn++)
    {
        _ = processes?.Any(false);
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
            session.Step(inputs, labels, rule);
        least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps);
    }

    if (processes is null or { IsFirst: true })
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}; {processes?.Count ?? 1} processes of {threads} threads: {least:F3} ms a step"));
}
