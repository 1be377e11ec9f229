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
        var layers = new LayerSpec?[spec.Layers.Count];
        var steps = ImmutableArray.CreateBuilder<FoldingStep>();
        for (int i = 0; i < layers.Length; i++)
            layers[i] = spec.Layers[i];

        for (int i = 0; i < layers.Length; i++)
        {
            if (spec.Layers[i] is DropoutSpec dropout)
            {
                string? obstacle = spec.Layers.OfType<AddSpec>().FirstOrDefault(add => add.From == i) is { } reader
                    ? $"layer {reader.Index} reads it by its name"
                    : null;
                if (obstacle is null)
                    layers[i] = null;
                steps.Add(new FoldingStep(i, dropout.Type, Into: null, obstacle));
            }
            else if (spec.Layers[i] is BatchNormSpec norm)
            {
                int before = LayerBefore(layers, norm.Sources[0]);
                string? obstacle = FindObstacle(layers, before, i);
                if (obstacle is null)
                {
                    layers[before] = Absorb(layers[before]!, norm, tensors);
                    layers[i] = null;
                }

                steps.Add(new FoldingStep(i, norm.Type, obstacle is null ? before : null, obstacle));
            }
        }

        return Build(spec, layers, tensors, steps.ToImmutable());
    }

    /// <summary>The layer whose output a layer reads, removed ones aside; −1 is the network's input.</summary>
    private static int LayerBefore(LayerSpec?[] layers, int source)
    {
        while (source >= 0 && layers[source] is null)
            source--;
        return source;
    }

    private static string? FindObstacle(LayerSpec?[] layers, int before, int norm)
    {
        if (before < 0)
            return "the network's input comes before it";
        if (layers[before] is not { } layer || layer is not (DenseSpec or ConvSpec))
            return $"the layer before it is {layers[before]!.Type}, not one of sums";
        if (layer is IActivatedLayer { Activation.Kind: not ActivationKind.None })
            return $"an activation stands between it and layer {before}";

        bool isShared = layers.Any(other => other is not null && other.Index != norm
            && other.Sources.Any(source => LayerBefore(layers, source) == before));
        return isShared ? $"another layer reads what layer {before} puts out" : null;
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

        // Whoever reads the normalization by its name now reads the layer that has taken it in.
        LayerSpec absorbed = layer is ConvSpec conv ? conv with { HasBias = true } : layer;
        return absorbed with { Name = norm.Name ?? layer.Name };
    }

    /// <summary>The layers that are left, numbered anew, with their tensors.</summary>
    private static FoldedNetwork Build(NetworkSpec spec, LayerSpec?[] layers, LayerTensors tensors, ImmutableArray<FoldingStep> steps)
    {
        LayerSpec[] left = [.. layers.OfType<LayerSpec>()];
        NetworkSpec folded = spec with { Layers = new EquatableArray<LayerSpec>([.. left.Select(Renumber)]) };

        IEnumerable<float[]> parameters = left.SelectMany(layer => layer.Parameters.Select(tensor => tensors[layer.Index, tensor.Name]));
        return new FoldedNetwork(folded, [.. parameters.SelectMany(static tensor => tensor)], steps);

        LayerSpec Renumber(LayerSpec layer, int index) => layer is AddSpec add
            ? add with { Index = index, From = Array.IndexOf(left, layers[LayerBefore(layers, add.From)]) }
            : layer with { Index = index };
    }
}
