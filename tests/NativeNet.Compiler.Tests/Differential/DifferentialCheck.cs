using NativeNet.Numerics;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Compares everything that a compiled network computes with the reference, in bits, at one vector width.</summary>
internal sealed class DifferentialCheck(DifferentialCase drawn, CompiledNetwork network)
{
    private readonly Packing _packing = new(network.Tensors);
    private readonly List<Action> _comparisons = [];

    /// <summary>Has the reference compute what the comparisons need.</summary>
    public void Prepare()
    {
        PreparePredictions();
        foreach (int count in new[] { drawn.Full, drawn.Partial }.Distinct())
            PrepareGradients(count, new TrainingDraw(DifferentialCase.DropSeed, Step: (1L << 32) + count, FirstSample: 3 * count));

        PrepareTraining(new Sgd(0.1f, 0.01f));
        PrepareTraining(new Momentum(0.1f, 0.9f, 0.01f), hasTeams: drawn.Seed % 4 == 0);
        PrepareTraining(new Nesterov(0.1f, 0.9f));
        PrepareTraining(new Adam(0.01f, weightDecay: 0.01f), hasTeams: drawn.Seed % 4 == 1);
        PrepareTraining(new AdamW(0.01f));
    }

    /// <summary>Compares at the width that the switch stands at.</summary>
    /// <exception cref="DifferentialException">A bit differs.</exception>
    public void Run()
    {
        foreach (Action comparison in _comparisons)
            comparison();
    }

    private void PreparePredictions()
    {
        float[] parameters = _packing.Pack(drawn.Parameters);
        int inputs = drawn.Spec.Input.Length, outputs = drawn.Spec.Output.Length;
        foreach (int sample in new[] { 0, drawn.Partial - 1, drawn.Full - 1 }.Distinct())
        {
            _comparisons.Add(() =>
            {
                Guarded scores = new(outputs), workspace = new(network.PredictWorkspaceLength);
                network.Predict(parameters, drawn.Inputs.AsSpan(sample * inputs, inputs), scores.Span, workspace.Span);
                BitComparison.Require($"score of sample {sample} alone", drawn.Scores.AsSpan(sample * outputs, outputs), scores.Span);
                Check("predict", scores, workspace);
            });
        }

        foreach (int count in new[] { drawn.Full, drawn.Partial, 1 }.Distinct())
        {
            _comparisons.Add(() =>
            {
                Guarded scores = new(count * outputs), workspace = new(network.PredictBatchWorkspaceLength);
                network.PredictBatch(parameters, drawn.InputsOf(count), scores.Span, workspace.Span);
                BitComparison.Require($"score of {count} samples", drawn.Scores.AsSpan(0, count * outputs), scores.Span);
                Check("predict batch", scores, workspace);
            });
        }
    }

    private void PrepareGradients(int count, TrainingDraw draw)
    {
        float[] parameters = _packing.Pack(drawn.Parameters);
        float expectedLoss = drawn.Loss(count);
        (float expectedTrainingLoss, float[] expected) = drawn.Backpropagate(drawn.Parameters, count, draw);
        float[] averaged = drawn.Averaged(drawn.Parameters, count, draw);
        _comparisons.Add(() =>
        {
            Guarded gradients = new(network.ParametersLength), workspace = new(network.TrainingWorkspaceLength), moved = new(network.ParametersLength);
            Array targets = drawn.TargetsOf(count);
            BitComparison.Require($"loss of {count} samples", [expectedLoss], [network.Loss(parameters, drawn.InputsOf(count), targets, workspace.Span)]);
            float loss = network.Gradients(parameters, drawn.InputsOf(count), targets, gradients.Span, workspace.Span, draw);
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
        _comparisons.Add(() => Train(rule, expected, null));
        if (!hasTeams)
            return;

        _comparisons.Add(() =>
        {
            for (int threads = 1; threads <= 3; threads++)
            {
                using var team = new WorkerTeam(threads);
                Train(rule, expected, team);
            }
        });
    }

    private void Train<TRule>(TRule rule, IReadOnlyList<ReferenceStep> expected, WorkerTeam? team)
        where TRule : struct, IUpdateRule<TRule>
    {
        string name = typeof(TRule).Name + (team is null ? "" : $" with {team.Threads} threads");
        Guarded parameters = new(network.ParametersLength), state = new(TRule.StateCount * network.ParametersLength), workspace = new(network.TrainingWorkspaceLength);
        _packing.Pack(drawn.Parameters).CopyTo(parameters.Span);
        state.Span.Clear();
        for (int i = 0; i < expected.Count; i++)
        {
            ReferenceStep step = expected[i];
            float loss = network.TrainStep(
                parameters.Span, state.Span, drawn.InputsOf(step.Count), drawn.TargetsOf(step.Count), rule, i + 1, workspace.Span, team, DifferentialCase.DropSeed);

            BitComparison.Require($"loss of step {i + 1} of {name}", [step.Loss], [loss]);
            BitComparison.Require($"parameter after step {i + 1} of {name}", step.Parameters, _packing.Unpack(parameters.Span));
            for (int j = 0; j < TRule.StateCount; j++)
                BitComparison.Require($"state {j} after step {i + 1} of {name}", step.State[j], _packing.Unpack(state.Span.Slice(j * network.ParametersLength, network.ParametersLength)));
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
