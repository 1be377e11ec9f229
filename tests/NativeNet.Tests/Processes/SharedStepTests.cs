using System.Runtime.CompilerServices;
using NativeNet.Tests.Cli;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;

namespace NativeNet.Tests.Processes;

/// <summary>What a process of several does by itself; mpirun starts this very test again.</summary>
public sealed class SharedStepTests
{
    private static readonly bool IsOneOfSeveral = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null;

    [Fact]
    public void A_shared_step_allocates_nothing_and_each_process_has_state_of_its_own()
    {
        if (!IsOneOfSeveral)
        {
            RunByTwo();
            return;
        }

        using ProcessTeam processes = ProcessTeam.Join()!;
        Assert.Equal(2, processes.Count);
        MeasureSteps<Digits>(processes);
        MeasureSteps<BatchNormedConv>(processes);
    }

    [Fact]
    public void Class_weights_that_differ_are_refused()
    {
        if (!IsOneOfSeveral)
        {
            RunByTwo();
            return;
        }

        using ProcessTeam processes = ProcessTeam.Join()!;
        using var session = new TrainingSession<Digits>(seed: 1, threads: 1, processes) { ClassWeights = [2, 3] };
        var refused = Assert.Throws<ProcessesUnavailableException>(() => session.ClassWeights = [2, 3 + processes.Rank]);

        Assert.Contains("processes 0 and 1 have different class weights", refused.Message, StringComparison.Ordinal);
        Assert.Equal([2, 3, 1], session.ClassWeights[..3]);
    }

    private static void MeasureSteps<TNetwork>(ProcessTeam processes)
        where TNetwork : struct, INetwork<int>
    {
        using var session = new TrainingSession<TNetwork>(seed: 1, threads: 1, processes);
        float[] inputs = [.. Enumerable.Range(0, TNetwork.BatchSize * TNetwork.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];
        int[] labels = [.. Enumerable.Range(0, TNetwork.BatchSize).Select(static i => i * i % TNetwork.OutputLength)];
        var rule = new Momentum(0.01f);
        Assert.Equal(0, Allocations.Of(() => session.Step(inputs, labels, rule)));

        // What one process has of the state, the other has not; together they have all of it.
        double[] own = [.. session.State.ToArray().Select(static value => value == 0 ? 0d : 1d)];
        double[] both = [.. own];
        processes.Add(both);
        Assert.InRange(own.Sum(), 0.2 * both.Sum(), 0.8 * both.Sum());
        Assert.All(both, static owners => Assert.InRange(owners, 0, 1));
        session.GatherState();
        Assert.Equal(both.Sum(), session.State.ToArray().Count(static value => value != 0));
    }

    private static void RunByTwo([CallerMemberName] string method = "")
    {
        Mpirun.Require();
        CommandResult result = Mpirun.Run(2, $"-method *.{method}", "NativeNet.Tests");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(2, result.Lines.Count(static line => line.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", StringComparison.Ordinal)));
    }
}
