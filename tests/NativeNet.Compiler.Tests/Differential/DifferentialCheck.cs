using NativeNet.Numerics;
using NativeNet.Tensors;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Compares everything that a network computes with the reference, in bits.</summary>
/// <remarks>That a value is a NaN is compared, its sign and payload are not: they are no part of the numeric contract.</remarks>
/// <param name="drawn">What is computed.</param>
/// <param name="tensors">How the buffers of the networks hold the tensors.</param>
internal sealed class DifferentialCheck(DifferentialCase drawn, TensorTable tensors)
{
    private readonly Packing _packing = new(tensors);
    private readonly List<Action<ComparedNetwork>> _comparisons = [];

    /// <summary>Has the reference compute what the comparisons need.</summary>
    public void Prepare()
    {
        PreparePasses();
        PrepareTraining(new Sgd(0.1f, 0.01f));
        PrepareTraining(new Sgd(0.1f, 0.02f, decayBiases: false));
        PrepareTraining(new Momentum(0.1f, 0.9f, 0.01f), hasTeams: drawn.Seed % 4 == 0);
        PrepareTraining(new Nesterov(0.1f, 0.9f, 0.01f, decayBiases: false));
        PrepareTraining(new Adam(0.01f, weightDecay: 0.01f), hasTeams: drawn.Seed % 4 == 1);
        PrepareTraining(new AdamW(0.01f, decayBiases: false));
    }

    /// <summary>The same with one rule, tried with one to three threads.</summary>
    public void PrepareOneRule()
    {
        PreparePasses();
        PrepareTraining(new Adam(0.01f, weightDecay: 0.01f, decayBiases: false), hasTeams: true);
    }

    /// <summary>Compares a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The first difference in words; null where every bit is the same.</returns>
    public string? FindDifference(ComparedNetwork network)
    {
        try
        {
            Assert.Equal(tensors, network.Tensors);
            foreach (Action<ComparedNetwork> comparison in _comparisons)
                comparison(network);
            return null;
        }
        catch (DifferentialException difference)
        {
            return difference.Message;
        }
    }

    private void PreparePasses()
    {
        PreparePredictions();
        _comparisons.Add(CompareStreams);
        foreach (int count in new[] { drawn.Full, drawn.Partial }.Distinct())
            PrepareGradients(count, new TrainingDraw(DifferentialCase.DropSeed, Step: (1L << 32) + count, FirstSample: 3 * count));
    }

    private void PreparePredictions()
    {
        float[] parameters = _packing.Pack(drawn.Parameters);
        int inputs = drawn.Spec.Input.Length, outputs = drawn.Spec.Output.Length;
        foreach (int sample in new[] { 0, drawn.Partial - 1, drawn.Full - 1 }.Distinct())
        {
            _comparisons.Add(network =>
            {
                Guarded scores = new(outputs), workspace = new(network.PredictWorkspaceLength);
                network.Predict(parameters, drawn.Inputs.AsSpan(sample * inputs, inputs), scores.Span, workspace.Span);
                BitComparison.Require($"score of sample {sample} alone", drawn.Scores.AsSpan(sample * outputs, outputs), scores.Span);
                Check("predict", scores, workspace);
            });
        }

        foreach (int count in new[] { drawn.Full, drawn.Partial, 1 }.Distinct())
        {
            _comparisons.Add(network =>
            {
                Guarded scores = new(count * outputs), workspace = new(network.PredictBatchWorkspaceLength);
                network.PredictBatch(parameters, drawn.InputsOf(count), scores.Span, workspace.Span);
                BitComparison.Require($"score of {count} samples", drawn.Scores.AsSpan(0, count * outputs), scores.Span);
                Check("predict batch", scores, workspace);
            });
        }
    }

    /// <summary>A signal cut anywhere has the bits of the whole.</summary>
    private void CompareStreams(ComparedNetwork network)
    {
        if ((drawn.Signal is null) != (network.Streaming is null))
            throw new DifferentialException($"a network is {(drawn.Signal is null ? "not " : "")}causal, and is {(network.Streaming is null ? "not " : "")}streaming");
        if (drawn.Signal is not { } signal || network.Streaming is not { } streaming)
            return;

        float[] parameters = _packing.Pack(drawn.Parameters);
        int channels = streaming.InputChannels, results = streaming.OutputChannels;
        foreach (int[] cuts in signal.Cuts)
        {
            Guarded stream = new(streaming.StreamLength), outputs = new(signal.Outputs.Length), workspace = new(streaming.ProcessWorkspaceLength);
            stream.Span.Clear();
            int frame = 0;
            foreach (int frames in cuts)
            {
                streaming.Process(parameters, stream.Span, signal.Inputs.AsSpan(frame * channels, frames * channels), outputs.Span.Slice(frame * results, frames * results), workspace.Span);
                frame += frames;
            }

            BitComparison.Require($"output of a signal in {cuts.Length} pieces", signal.Outputs, outputs.Span);
            Check("process", stream, outputs, workspace);
        }
    }

    private void PrepareGradients(int count, TrainingDraw draw)
    {
        float[] parameters = _packing.Pack(drawn.Parameters);
        float expectedLoss = drawn.Loss(count);
        drawn.ResetStates();
        (float expectedTrainingLoss, float[] expected) = drawn.Backpropagate(drawn.Parameters, count, draw);
        float[] averaged = drawn.Averaged(drawn.Parameters, count, draw);
        _comparisons.Add(network =>
        {
            Guarded gradients = new(network.ParametersLength), workspace = new(network.TrainingWorkspaceLength), moved = new(network.ParametersLength);
            Array targets = drawn.TargetsOf(count);
            if (drawn.Spec.IsStateful)
                workspace.Span.Clear();
            BitComparison.Require($"loss of {count} samples", [expectedLoss], [network.Loss(parameters, drawn.InputsOf(count), targets, workspace.Span)]);
            float loss = network.Gradients(parameters, drawn.InputsOf(count), targets, gradients.Span, workspace.Span, draw, drawn.ClassWeights);
            BitComparison.Require($"training loss of {count} samples", [expectedTrainingLoss], [loss]);
            BitComparison.Require($"gradient of {count} samples", expected, _packing.Unpack(gradients.Span));

            parameters.CopyTo(moved.Span);
            network.UpdateRunningAverages(moved.Span, workspace.Span);
            BitComparison.Require($"running average of {count} samples", averaged, _packing.Unpack(moved.Span));
            Check("gradients", gradients, workspace, moved);
        });
    }

    private void PrepareTraining<TRule>(TRule rule, bool hasTeams = false)
        where TRule : struct, IUpdateRule<TRule>
    {
        IReadOnlyList<ReferenceStep> expected = drawn.Train(rule);
        _comparisons.Add(network => Train(network, rule, expected, null));
        if (!hasTeams)
            return;

        _comparisons.Add(network =>
        {
            for (int threads = 1; threads <= 3; threads++)
            {
                using var team = new WorkerTeam(threads);
                Train(network, rule, expected, team);
            }

            // A smaller batch would be shared in another way, and rows would not find their states.
            for (int processes = 2; processes <= 3 && !drawn.Spec.IsStateful; processes++)
            {
                ThreadTeam.Run(processes, member =>
                {
                    using var team = new WorkerTeam(1 + (member.Rank % 2), member);
                    Train(network, rule, expected, team);
                });
            }
        });
    }

    private void Train<TRule>(ComparedNetwork network, TRule rule, IReadOnlyList<ReferenceStep> expected, WorkerTeam? team)
        where TRule : struct, IUpdateRule<TRule>
    {
        string name = typeof(TRule).Name + (team is null ? "" : $" with {team.Threads} threads and {team.Processes?.Count ?? 1} processes");
        Guarded parameters = new(network.ParametersLength), state = new(TRule.StateCount * network.Tensors.TrainedLength), workspace = new(network.TrainingWorkspaceLength);
        _packing.Pack(drawn.Parameters).CopyTo(parameters.Span);
        state.Span.Clear();
        if (drawn.Spec.IsStateful)
            workspace.Span.Clear();
        for (int i = 0; i < expected.Count; i++)
        {
            ReferenceStep step = expected[i];
            float loss = network.TrainStep(
                parameters.Span, state.Span, drawn.InputsOf(step.Count), drawn.TargetsOf(step.Count), rule, i + 1, workspace.Span, team, DifferentialCase.DropSeed, drawn.ClassWeights);

            team?.GatherState(state.Span, network.Tensors.TrainedLength);
            BitComparison.Require($"loss of step {i + 1} of {name}", [step.Loss], [loss]);
            BitComparison.Require($"parameter after step {i + 1} of {name}", step.Parameters, _packing.Unpack(parameters.Span));
            for (int j = 0; j < TRule.StateCount; j++)
                BitComparison.Require($"state {j} after step {i + 1} of {name}", step.State[j], _packing.UnpackTrained(state.Span.Slice(j * network.Tensors.TrainedLength, network.Tensors.TrainedLength)));
        }

        Check(name, parameters, state, workspace);
    }

    private static void Check(string operation, params ReadOnlySpan<Guarded> spans)
    {
        foreach (Guarded span in spans)
        {
            if (span.IsTrespassed())
                throw new DifferentialException($"{operation}: memory around a span was written");
        }
    }
}
