using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Description;

/// <summary>Where the parameters of one layer lie in a network's parameter buffer.</summary>
/// <param name="LayerIndex">The layer's position in the file.</param>
/// <param name="Weights">The weights, K × N, as panels.</param>
/// <param name="WeightOffset">The first float of the weights, a multiple of 16.</param>
/// <param name="BiasOffset">The first float of the biases, a multiple of 16; there are as many as padded columns.</param>
public readonly record struct LayerParameters(int LayerIndex, PanelMatrix Weights, int WeightOffset, int BiasOffset)
{
    /// <summary>The name of the weights in files, for example <c>layers.1.weight</c>; shape (units, inputs).</summary>
    public string WeightName => Name("weight");

    /// <summary>The name of the biases in files, for example <c>layers.1.bias</c>; shape (units).</summary>
    public string BiasName => Name("bias");

    private string Name(string tensor)
        => string.Format(CultureInfo.InvariantCulture, "layers.{0}.{1}", LayerIndex, tensor);
}

/// <summary>The one layout of a network's parameter buffer, the same on every instruction set.</summary>
/// <remarks>
/// Files hold plain row-major tensors; this type is what packing at load and unpacking at save go by, and what the
/// generator plans with. Optimizer state and materialised gradients have the same layout.
/// </remarks>
/// <param name="Layers">The layers that have parameters, in order.</param>
/// <param name="Length">The floats of the whole buffer, padding included.</param>
/// <param name="ParameterCount">The parameters themselves, without padding.</param>
public sealed record ParameterLayout(EquatableArray<LayerParameters> Layers, int Length, int ParameterCount)
{
    /// <summary>Every tensor starts on a 64-byte line: this many floats.</summary>
    public const int Alignment = 16;

    /// <summary>Lays out the parameters of <paramref name="spec"/>, layer by layer, weights before biases.</summary>
    /// <param name="spec">A network that passed validation.</param>
    public static ParameterLayout Create(NetworkSpec spec)
    {
        var layers = ImmutableArray.CreateBuilder<LayerParameters>();
        int next = 0, count = 0;

        foreach (LayerSpec layer in spec.Layers)
        {
            if (layer is not DenseSpec dense)
                continue;

            var weights = new PanelMatrix(dense.Inputs, dense.Units);
            layers.Add(new LayerParameters(dense.Index, weights, Take(weights.Length), Take(weights.PaddedColumns)));
            count += (dense.Inputs * dense.Units) + dense.Units;
        }

        return new ParameterLayout(new EquatableArray<LayerParameters>(layers.ToImmutable()), next, count);

        int Take(int length)
        {
            int start = next;
            next += (length + Alignment - 1) / Alignment * Alignment;
            return start;
        }
    }
}
