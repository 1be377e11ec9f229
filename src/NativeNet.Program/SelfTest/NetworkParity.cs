using System.Globalization;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Training;

namespace NativeNet.SelfTest;

/// <summary>Compares every operation of one generated network with the reference, bit for bit.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
internal sealed class NetworkParity<TNetwork, TTarget>
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    private const ulong Seed = 0x123456789ABCDEF;

    private readonly NetworkSpec _spec = NetworkSpec.Parse(TNetwork.Json);
    private readonly TensorTable _table = TNetwork.Tensors;
    private readonly bool[] _isGathered, _isTrained, _isVector;
    private readonly ReferenceNetwork<float> _reference;
    private readonly ParityTargets<TTarget> _targets;
    private readonly Random _random = new(20260101);

    public NetworkParity(ParityTargets<TTarget> targets)
    {
        _targets = targets;
        _isVector = [.. _table.Slots.SelectMany(static slot => Enumerable.Repeat(slot.Shape.Count == 1, slot.Count))];
        _isGathered = [.. _table.Slots.SelectMany(static slot => Enumerable.Repeat(slot.IsGathered, slot.Count))];
        _isTrained = [.. _table.Slots.SelectMany(static slot => Enumerable.Repeat(slot.IsTrained, slot.Count))];
        _reference = new ReferenceNetwork<float>(_spec);
    }

    /// <summary>All comparisons; full batches, single samples and every partial count around the tiles.</summary>
    public IEnumerable<ParityCase> Cases()
    {
        string name = typeof(TNetwork).Name;
        yield return new ParityCase($"{name}: predict", CheckPredict);
        yield return new ParityCase($"{name}: predict batch", () => ForEachCount(CheckPredictBatch));
        yield return new ParityCase($"{name}: loss and gradients", () => ForEachCount(CheckGradients, TNetwork.LeastSamples));
        yield return new ParityCase($"{name}: train step, Sgd", () => CheckTraining(new Sgd(0.1f, 0.01f)));
        yield return new ParityCase($"{name}: train step, Momentum", () => CheckTraining(new Momentum(0.1f, 0.9f, 0.01f)));
        yield return new ParityCase($"{name}: train step, Nesterov", () => CheckTraining(new Nesterov(0.1f, 0.9f, 0.01f, decayBiases: false)));
        yield return new ParityCase($"{name}: train step, Adam", () => CheckTraining(new Adam(0.01f, weightDecay: 0.01f)));
        yield return new ParityCase($"{name}: train step, AdamW", () => CheckTraining(new AdamW(0.01f)));
        foreach (int threads in (int[])[1, 2, 3, 4, 7])
            yield return new ParityCase($"{name}: train step, Momentum, {threads} threads", () => CheckTeam(threads));
    }

    private static void ForEachCount(Action<int> check, int least = 1)
    {
        int full = TNetwork.BatchSize;
        IEnumerable<int> counts = full <= 40
            ? Enumerable.Range(1, full)
            : [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, full - 1, full];
        foreach (int count in counts.Where(count => count >= least))
            check(count);
    }

    private void CheckPredict()
    {
        (float[] rowMajor, float[] packed) = DrawParameters();
        float[] input = DrawInputs(1);
        var scores = new GuardedBuffer(TNetwork.OutputLength);
        var workspace = new GuardedBuffer(TNetwork.PredictWorkspaceLength);

        TNetwork.Predict(packed, input, scores.Span, workspace.Span);

        Compare("score", _reference.Predict(rowMajor, input), scores.Span);
        scores.CheckStrips("scores");
        workspace.CheckStrips("workspace");
    }

    private void CheckPredictBatch(int count)
    {
        (float[] rowMajor, float[] packed) = DrawParameters();
        float[] inputs = DrawInputs(count);
        var scores = new GuardedBuffer(count * TNetwork.OutputLength);
        var workspace = new GuardedBuffer(TNetwork.PredictBatchWorkspaceLength);

        TNetwork.PredictBatch(packed, inputs, scores.Span, workspace.Span);

        Compare(Invariant($"score of {count} samples"), _reference.Predict(rowMajor, inputs), scores.Span);
        scores.CheckStrips("scores");
        workspace.CheckStrips("workspace");
    }

    private void CheckGradients(int count)
    {
        (float[] rowMajor, float[] packed) = DrawParameters();
        float[] inputs = DrawInputs(count);
        TTarget[] targets = _targets.Draw(_random, _spec, count);
        var gradients = new GuardedBuffer(TNetwork.ParametersLength);
        var workspace = new GuardedBuffer(TNetwork.TrainingWorkspaceLength);

        var draw = new TrainingDraw(Seed, Step: (1L << 32) + count, FirstSample: 3 * count);

        _reference.ResetStates();
        if (TNetwork.IsStateful)
            workspace.Span.Clear();
        float loss = TNetwork.Loss(packed, inputs, targets, workspace.Span);
        float trainingLoss = TNetwork.Gradients(packed, inputs, targets, gradients.Span, workspace.Span, draw);

        (float expectedLoss, float[] expected) = _targets.Backpropagate(_reference, rowMajor, inputs, targets, draw);
        Compare(Invariant($"loss of {count} samples"), [_targets.Loss(_reference, rowMajor, inputs, targets)], [loss]);
        Compare(Invariant($"training loss of {count} samples"), [expectedLoss], [trainingLoss]);
        Compare(Invariant($"gradient of {count} samples"), expected, Unpack(gradients.Span));
        CheckPadding(gradients.Span, expected);
        gradients.CheckStrips("gradients");
        workspace.CheckStrips("workspace");
    }

    private void CheckTeam(int threads)
    {
        using var team = new WorkerTeam(threads);
        CheckTraining(new Momentum(0.1f, 0.9f, 0.01f), team);
    }

    private void CheckTraining<TRule>(TRule rule, WorkerTeam? team = null)
        where TRule : struct, IUpdateRule<TRule>
    {
        (float[] rowMajor, float[] packed) = DrawParameters();
        var parameters = new GuardedBuffer(TNetwork.ParametersLength);
        packed.CopyTo(parameters.Span);
        var state = new GuardedBuffer(TRule.StateCount * TNetwork.TrainedLength);
        state.Span.Clear();
        var workspace = new GuardedBuffer(TNetwork.TrainingWorkspaceLength);
        float[] first = new float[rowMajor.Length], second = new float[rowMajor.Length];

        // Rows that a step leaves out do not keep their states.
        int full = TNetwork.BatchSize;
        int[] counts = TNetwork.IsStateful ? [full, full, (full / 2) + 1, TNetwork.LeastSamples] : [full, TNetwork.LeastSamples, (full / 2) + 1, full];
        _reference.ResetStates();
        if (TNetwork.IsStateful)
            workspace.Span.Clear();
        for (int step = 1; step <= counts.Length; step++)
        {
            int count = counts[step - 1];
            float[] inputs = DrawInputs(count);
            TTarget[] targets = _targets.Draw(_random, _spec, count);

            float loss = TNetwork.TrainStep(parameters.Span, state.Span, inputs, targets, rule, step, workspace.Span, team, Seed);

            (float expectedLoss, float[] gradients) = _targets.Backpropagate(_reference, rowMajor, inputs, targets, new TrainingDraw(Seed, step));
            _reference.UpdateRunningAverages(rowMajor, inputs, new TrainingDraw(Seed, step));
            TRule atStep = rule.AtStep(step), ofVectors = TRule.ForVectors(in atStep);
            for (int i = 0; i < rowMajor.Length; i++)
            {
                if (_isTrained[i])
                    rowMajor[i] = (_isVector[i] ? ofVectors : atStep).Update(rowMajor[i], gradients[i], ref first[i], ref second[i]);
            }


            Compare(Invariant($"loss of step {step}"), [expectedLoss], [loss]);
            Compare(Invariant($"parameter after step {step}"), rowMajor, Unpack(parameters.Span));
        }

        CheckPadding(parameters.Span, rowMajor);
        parameters.CheckStrips("parameters");
        state.CheckStrips("state");
        workspace.CheckStrips("workspace");
    }

    /// <summary>Random parameters with a few zeros of both signs, row-major and packed.</summary>
    private (float[] RowMajor, float[] Packed) DrawParameters()
    {
        var rowMajor = new float[_table.ParameterCount];
        for (int i = 0; i < rowMajor.Length; i++)
        {
            float value = _random.Next(20) switch { 0 => 0f, 1 => -0f, _ => _random.NextSingle() - 0.5f };
            rowMajor[i] = _isGathered[i] ? Math.Abs(value) : value; // a variance is not negative
        }

        // A deviation is never 0: infinite inputs would make padding NaN, which is 0 for all others.
        int start = 0;
        foreach (TensorSlot slot in _table.Slots)
        {
            for (int i = start; slot.Name == TensorSlot.NameOf(slot.Layer, NormalizationSpec.Deviation) && i < start + slot.Count; i++)
                rowMajor[i] += 0.25f;
            start += slot.Count;
        }

        var packed = new float[_table.Length];
        ParameterPacking.Pack(_table, rowMajor, packed);
        return (rowMajor, packed);
    }

    private float[] DrawInputs(int count)
    {
        var inputs = new float[count * TNetwork.InputLength];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = _random.Next(8) switch { 0 => 0f, 1 => -0f, _ => (2 * _random.NextSingle()) - 1 };
        return inputs;
    }

    private float[] Unpack(ReadOnlySpan<float> packed)
    {
        var rowMajor = new float[_table.ParameterCount];
        ParameterPacking.Unpack(_table, packed, rowMajor);
        return rowMajor;
    }

    /// <summary>What packing the expected values gives, padding included, is what the buffer holds.</summary>
    private void CheckPadding(ReadOnlySpan<float> packed, float[] rowMajor)
    {
        var expected = new float[_table.Length];
        ParameterPacking.Pack(_table, rowMajor, expected);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == 0 && packed[i] != 0)
                throw new ParityException(Invariant($"padding at {i} is {packed[i]:G9}, not 0"));
        }
    }

    private static void Compare(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
            throw new ParityException(Invariant($"{what}: {actual.Length} values instead of {expected.Length}"));

        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            if (!same)
                throw new ParityException(Invariant($"{what}, element {i}: {actual[i]:G9} instead of {expected[i]:G9}"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
