using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Folding;

/// <summary>Makes a trained network faster to run: batchNorm becomes part of the layer before it, dropout goes.</summary>
/// <remarks>
/// By the running averages batchNorm multiplies each channel with f = weight / √(running_var + epsilon) and adds a number. A
/// layer of sums before it can do both: its weights times f, its biases (bias − running_mean) · f + bias of the batchNorm,
/// worked out in double and rounded once. Predictions agree up to rounding.
/// </remarks>
public static class NetworkFolding
{
    /// <summary>Folds a network.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="parameters">(spec.ParameterCount), its parameters, row-major, the tensors one behind the other.</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static FoldedNetwork Fold(NetworkSpec spec, ReadOnlySpan<float> parameters)
    {
        if (parameters.Length != spec.ParameterCount)
            throw new ArgumentException($"There are {parameters.Length} parameters; the network has {spec.ParameterCount}.", nameof(parameters));

        var tensors = new LayerTensors(spec, parameters);
        var graph = new FoldingGraph(spec);
        var steps = ImmutableArray.CreateBuilder<FoldingStep>();
        foreach (LayerSpec layer in spec.Layers)
        {
            if (layer is DropoutSpec dropout)
            {
                graph.Remove(dropout.Index);
                steps.Add(new FoldingStep(dropout.Index, dropout.Type, Into: null, Obstacle: null));
            }
            else if (layer is BatchNormSpec norm)
            {
                int before = graph.Resolve(norm.Sources[0]);
                string? obstacle = FindObstacle(graph, before, norm.Index);
                if (obstacle is null)
                {
                    graph.Replace(Absorb(graph[before]!, norm, tensors));
                    graph.Remove(norm.Index);
                }

                steps.Add(new FoldingStep(norm.Index, norm.Type, obstacle is null ? before : null, obstacle));
            }
        }

        return Build(graph.Build(), tensors, steps.ToImmutable());
    }

    private static string? FindObstacle(FoldingGraph graph, int before, int norm)
    {
        if (before < 0)
            return "the network's input comes before it";
        if (graph[before] is not { } layer || layer is not (DenseSpec or ConvSpec))
            return $"the layer before it is {graph[before]!.Type}, not one of sums";
        if (layer is IActivatedLayer { Activation.Kind: not ActivationKind.None })
            return $"an activation stands between it and layer {before}";

        return graph.IsOnlyReader(norm, before) ? null : $"another layer reads what layer {before} puts out";
    }

    /// <summary>Changes the tensors of a layer of sums; rows of weights are its outputs, channels of the batchNorm.</summary>
    private static LayerSpec Absorb(LayerSpec layer, BatchNormSpec norm, LayerTensors tensors)
    {
        float[] weights = tensors[layer.Index, "weight"], biases = tensors.FindOrZeros(layer.Index, "bias", norm.Input.Channels);
        int products = weights.Length / norm.Input.Channels;
        for (int n = 0; n < norm.Input.Channels; n++)
        {
            double deviation = Math.Sqrt((double)tensors[norm.Index, "running_var"][n] + norm.Epsilon);
            double factor = tensors[norm.Index, "weight"][n] / deviation;
            for (int k = 0; k < products; k++)
                weights[(n * products) + k] = (float)(weights[(n * products) + k] * factor);

            double centered = (double)biases[n] - tensors[norm.Index, "running_mean"][n];
            biases[n] = (float)((centered * factor) + tensors[norm.Index, "bias"][n]);
        }

        // What either could learn, the one that is left can.
        var trainable = (TrainableParts)Math.Min((int)layer.Trainable, (int)norm.Trainable);
        return layer switch
        {
            ConvSpec conv => conv with { HasBias = true, Trainable = trainable },
            DenseSpec dense => dense with { HasBias = true, Trainable = trainable },
            _ => layer,
        };
    }

    /// <summary>The folded network with the tensors of the layers that are left.</summary>
    private static FoldedNetwork Build((NetworkSpec Spec, int[] Origins) folded, LayerTensors tensors, ImmutableArray<FoldingStep> steps)
        => new(
            folded.Spec,
            [.. folded.Spec.Layers.SelectMany(layer => layer.Parameters.SelectMany(tensor => tensors[folded.Origins[layer.Index], tensor.Name]))],
            steps);
}
