using NativeNet.Data;
using NativeNet.Tests.Cli;
using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Processes;

/// <summary>What a process of several does by itself; mpirun starts this very test again.</summary>
public sealed class SharedStepTests
{
    private static readonly bool IsOneOfSeveral = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null;

    [Fact]
    public void A_shared_step_allocates_nothing()
    {
        if (IsOneOfSeveral)
        {
            MeasureSteps();
            return;
        }

        Mpirun.Require();
        CommandResult result = Mpirun.Run(2, $"-method *.{nameof(A_shared_step_allocates_nothing)}", "NativeNet.Tests");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(2, result.Lines.Count(static line => line.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", StringComparison.Ordinal)));
    }

    private static void MeasureSteps()
    {
        using ProcessTeam processes = ProcessTeam.Join()!;
        using var session = new TrainingSession<Digits>(seed: 1, threads: 1, processes);
        TrainTest data = DigitsDataSet.Load();
        session.TrainEpoch(data.Train, new Adam(0.001f));

        long before = GC.GetAllocatedBytesForCurrentThread();
        session.TrainEpoch(data.Train, new Adam(0.001f));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(2, processes.Count);
    }
}
