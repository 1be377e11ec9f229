using System.Collections.Concurrent;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Numerics;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(ThreadStartException))]
    public void Threads_that_cannot_be_started_are_an_error_that_says_how_many_can(Type failure)
    {
        List<Thread> started = [];

        ThreadsUnavailableException thrown = Assert.Throws<ThreadsUnavailableException>(() => new WorkerTeam(8, Start));

        Assert.Contains("4 threads", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("8", thrown.Message, StringComparison.Ordinal);
        Assert.IsType(failure, thrown.InnerException);
        Assert.Equal(3, started.Count);
        Assert.All(started, static thread => Assert.False(thread.IsAlive));

        void Start(Thread thread)
        {
            if (started.Count == 3)
                throw (Exception)Activator.CreateInstance(failure, nonPublic: true)!;
            thread.Start();
            started.Add(thread);
        }
    }

    [Fact]
    public void A_part_that_fails_fails_the_step_and_leaves_the_team_at_work()
    {
        using var team = new WorkerTeam(3);
        var network = new FailingPhases();
        for (int step = 0; step < 100; step++)
        {
            var failure = Assert.Throws<FormatException>(() => Run(team, network));
            Assert.Equal("a part failed", failure.Message);
        }

        Assert.Equal(0, network.LaterParts);

        float[] parameters = new float[Digits.ParametersLength], single = new float[Digits.ParametersLength];
        float[] inputs = [.. Enumerable.Range(0, Digits.BatchSize * Digits.InputLength).Select(static i => i % 17 / 16f)];
        int[] labels = [.. Enumerable.Range(0, Digits.BatchSize).Select(static i => i % 10)];
        float[] workspace = new float[Digits.TrainingWorkspaceLength];
        Digits.Initialize(parameters, seed: 1);
        Digits.Initialize(single, seed: 1);
        Digits.TrainStep(parameters, [], inputs, labels, new Sgd(0.1f), 1, workspace, team);
        Digits.TrainStep(single, [], inputs, labels, new Sgd(0.1f), 1, workspace);
        Assert.Equal(single, parameters);
    }

    [Fact]
    public void Every_part_runs_once_and_one_that_fails_is_the_callers()
    {
        using var team = new WorkerTeam(3);
        var parts = new CountingParts(new int[100]);
        team.RunParts(parts, 100);
        Assert.All(parts.Runs, static runs => Assert.Equal(1, runs));
        team.RunParts(parts, 0);

        parts.Failing = 50;
        for (int turn = 0; turn < 100; turn++)
            Assert.Equal("part 50 failed", Assert.Throws<FormatException>(() => team.RunParts(parts, 100)).Message);

        parts.Failing = -1;
        int[] before = [.. parts.Runs];
        team.RunParts(parts, 100);
        Assert.Equal(before.Select(static runs => runs + 1), parts.Runs);
    }

    [Fact]
    public void Threads_that_are_started_in_a_foreign_mode_work_in_the_right_one()
    {
        Assert.SkipUnless(ForeignMode.IsSupported, "Linux on x64 only");
        var network = new MeetingPhases(threads: 3);
        ForeignMode.Flush(() =>
        {
            using var team = new WorkerTeam(3);
            Assert.True(FloatingPointMode.TrySetDefault());
            Run(team, network);
        });
        Assert.Equal([true, true, true], network.Modes);
    }

    private static void Run(WorkerTeam team, ITrainingPhases<int> network)
        => TrainingStep.Run(network, [], [], new float[100], new int[100], 100, new Sgd(0.1f), new float[1], default, team);

    private sealed class CountingParts(int[] runs) : IParts
    {
        public int[] Runs => runs;

        public int Failing { get; set; } = -1;

        public void Run(int part, int thread)
        {
            Assert.InRange(thread, 0, 2);
            if (part == Failing)
                throw new FormatException($"part {part} failed");
            Interlocked.Increment(ref runs[part]);
        }
    }

    /// <summary>One row a thread, each waiting for the others; notes in which mode they are.</summary>
    private sealed class MeetingPhases(int threads) : ITrainingPhases<int>
    {
        private readonly TrainingPhase[] _phases = [TrainingPhase.Rows(34)];
        private int _arrived;

        public ConcurrentBag<bool> Modes { get; } = [];

        public ReadOnlySpan<TrainingPhase> Phases => _phases;

        public int ScratchLength => 0;

        public int ScratchOffset => 0;

        public void RunPhase<TRule>(int phase, in TrainingPass<int> pass, in TRule rule, PhasePart part, ref float scratch)
            where TRule : struct, IUpdateRule<TRule>
        {
            Modes.Add(FloatingPointMode.IsDefault);
            Interlocked.Increment(ref _arrived);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _arrived) >= threads, TimeSpan.FromSeconds(60)));
        }

        public void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        {
        }

        public float MeanLoss(in TrainingPass<int> pass) => 0;
    }

    /// <summary>Rows fail but for the first, whoever runs them; what comes behind is counted.</summary>
    private sealed class FailingPhases : ITrainingPhases<int>
    {
        private readonly TrainingPhase[] _phases = [TrainingPhase.Rows(1), TrainingPhase.Update(1)];
        private int _laterParts;

        public int LaterParts => _laterParts;

        public ReadOnlySpan<TrainingPhase> Phases => _phases;

        public int ScratchLength => 0;

        public int ScratchOffset => 0;

        public void RunPhase<TRule>(int phase, in TrainingPass<int> pass, in TRule rule, PhasePart part, ref float scratch)
            where TRule : struct, IUpdateRule<TRule>
        {
            if (phase > 0)
                Interlocked.Increment(ref _laterParts);
            else if (part.First > 0)
                throw new FormatException("a part failed");
        }

        public void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace) => throw new NotSupportedException();

        public float MeanLoss(in TrainingPass<int> pass) => throw new NotSupportedException();
    }
}
