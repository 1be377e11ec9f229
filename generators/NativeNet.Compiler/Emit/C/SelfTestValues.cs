using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Compiler.Emit.C;

/// <summary>What a device must find when it tests itself: hashes that the reference network gives.</summary>
/// <param name="Scores">Of the scores of the first built-in sample.</param>
/// <param name="Training">Of the parameters behind the built-in training; 0 where the device does not train.</param>
internal sealed record SelfTestValues(uint Scores, uint Training)
{
    /// <summary>The samples and steps of the built-in training, and the seed of its first weights.</summary>
    public const int MostSamples = 3, Steps = 2, Seed = 7;

    /// <summary>What a hash begins with, and its factor: FNV-1a, a word of 32 bits at a time.</summary>
    public const uint Offset = 2166136261, Prime = 16777619;

    /// <summary>Computes them.</summary>
    public static SelfTestValues Of(CExport export)
    {
        NetworkSpec spec = export.Program.Spec;
        var reference = new ReferenceNetwork<float>(spec);
        int samples = Math.Min(MostSamples, spec.BatchSize);
        float[] inputs = [.. Enumerable.Range(0, samples * spec.Input.Length).Select(Input)];
        float[] parameters = export.Trains ? FirstWeights(export) : export.Weights!;
        uint scores = Hash(reference.Predict(parameters, inputs.AsSpan(0, spec.Input.Length)));
        return new SelfTestValues(scores, export.Trains ? Train(export, reference, parameters, inputs, samples) : 0);
    }

    /// <summary>Element i of the built-in inputs, from −0.78 to 0.78.</summary>
    public static float Input(int i) => ((i * 37L % 101) - 50) / 64f;

    /// <summary>The hash of row-major parameters in the order of the device's memory.</summary>
    public static uint HashOf(CExport export, float[] parameters)
    {
        float[] packed = new float[export.Program.Parameters.Length];
        ParameterPacking.Pack(export.Program.Parameters.Table, parameters, packed);
        return Hash(packed);
    }

    private static uint Train(CExport export, ReferenceNetwork<float> reference, float[] parameters, float[] inputs, int samples)
    {
        UpdateRuleSpec rule = export.Rule!.Value;
        return rule.Kind switch
        {
            UpdateRuleKind.Sgd => Train(export, reference, parameters, inputs, samples, new Sgd(rule.LearningRate, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Momentum => Train(export, reference, parameters, inputs, samples, new Momentum(rule.LearningRate, rule.Momentum, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Nesterov => Train(export, reference, parameters, inputs, samples, new Nesterov(rule.LearningRate, rule.Momentum, rule.WeightDecay, !rule.SparesBiases)),
            UpdateRuleKind.Adam => Train(export, reference, parameters, inputs, samples, new Adam(rule.LearningRate, weightDecay: rule.WeightDecay, decayBiases: !rule.SparesBiases)),
            _ => Train(export, reference, parameters, inputs, samples, new AdamW(rule.LearningRate, weightDecay: rule.WeightDecay, decayBiases: !rule.SparesBiases)),
        };
    }

    private static uint Train<TRule>(CExport export, ReferenceNetwork<float> reference, float[] parameters, float[] inputs, int samples, TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        NetworkSpec spec = export.Program.Spec;
        (ParameterSpec Spec, bool IsTrained)[] tensors = [.. spec.Layers.SelectMany(static layer => layer.Parameters.SelectMany(tensor => Enumerable.Repeat((tensor, layer.IsTrained(tensor)), tensor.Count)))];
        int[] classes = [.. Enumerable.Range(0, samples * spec.TargetLength).Select(i => i % spec.Output.Channels)];
        float[] targets = [.. Enumerable.Range(0, samples * spec.Output.Length).Select(static i => (i % 5) / 4f)];
        float[] first = new float[parameters.Length], second = new float[parameters.Length];
        for (int step = 1; step <= Steps; step++)
        {
            var draw = new TrainingDraw(Seed: 0, step);
            (_, float[] gradients) = spec.Loss == LossKind.SoftmaxCrossEntropy
                ? reference.Backpropagate(parameters, inputs, classes, draw)
                : reference.Backpropagate(parameters, inputs, targets, draw);
            float[] updated = [.. parameters];
            reference.UpdateRunningAverages(updated, inputs, draw);
            TRule atStep = rule.AtStep(step), ofVectors = TRule.ForVectors(in atStep);
            for (int i = 0; i < updated.Length; i++)
            {
                if (tensors[i].IsTrained)
                    updated[i] = (tensors[i].Spec.Dimensions.Count == 1 ? ofVectors : atStep).Update(parameters[i], gradients[i], ref first[i], ref second[i]);
            }

            parameters = updated;
        }

        return HashOf(export, parameters);
    }

    /// <summary>What the device begins the training with: first weights, and of what is frozen the exported ones.</summary>
    private static float[] FirstWeights(CExport export)
    {
        NetworkSpec spec = export.Program.Spec;
        var random = new Philox(Seed);
        var parameters = new List<float>();
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec tensor in layer.Parameters)
            {
                if (layer.IsFrozen(tensor))
                {
                    parameters.AddRange(export.Weights.AsSpan(parameters.Count, tensor.Count));
                    continue;
                }

                int units = tensor.Dimensions[0], inputs = tensor.Count / units;
                int stream = tensor.IsRecurrent ? RandomStreams.RecurrentLayer(layer.Index) : layer.Index;
                parameters.AddRange(Enumerable.Range(0, tensor.Count).Select(i => tensor.Initializer is { } initializer
                    ? Initializers.Weight(initializer, random, stream, inputs, units, i % inputs, i / inputs)
                    : tensor.StartOf(i / inputs)));
            }
        }

        return [.. parameters];
    }

    private static uint Hash(ReadOnlySpan<float> values)
    {
        uint hash = Offset;
        foreach (float value in values)
            hash = unchecked((hash ^ BitConverter.SingleToUInt32Bits(value)) * Prime);
        return hash;
    }
}
