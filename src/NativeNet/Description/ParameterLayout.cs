using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Description;

/// <summary>A tensor of parameters with its place in a network's parameter buffer.</summary>
/// <param name="LayerIndex">The layer's position in the file.</param>
/// <param name="Spec">The tensor.</param>
/// <param name="Offset">Its first float, a multiple of 16.</param>
public readonly record struct ParameterTensor(int LayerIndex, ParameterSpec Spec, int Offset)
{
    /// <summary>Its layout: the offsets of its elements count from <see cref="Offset"/>.</summary>
    public PanelMatrix Matrix => Spec.Matrix;

    /// <summary>Its name in files, for example <c>layers.1.weight</c>.</summary>
    public string Name => string.Format(CultureInfo.InvariantCulture, "layers.{0}.{1}", LayerIndex, Spec.Name);
}

/// <summary>The one layout of a network's parameter buffer, the same on every instruction set.</summary>
/// <remarks>
/// Tensors that are gathered rather than trained, such as running averages, lie behind all that are trained, so that an
/// update of the whole buffer is one stretch. Files hold plain row-major tensors; this type is what packing at load and unpacking at save go by, and what the
/// generator plans with. Optimizer state and materialised gradients have the same layout.
/// </remarks>
/// <param name="Tensors">The tensors, layer by layer, in the order in which each layer names them.</param>
/// <param name="TrainedLength">The floats of the tensors that are trained, padding included: a multiple of 16.</param>
/// <param name="Length">The floats of the whole buffer, padding included.</param>
/// <param name="ParameterCount">The parameters themselves, without padding.</param>
public sealed record ParameterLayout(EquatableArray<ParameterTensor> Tensors, int TrainedLength, int Length, int ParameterCount)
{
    /// <summary>Every tensor starts on a 64-byte line: this many floats.</summary>
    public const int Alignment = 16;

    /// <summary>Lays out the parameters of <paramref name="spec"/>, layer by layer, tensor by tensor, gathered ones last.</summary>
    /// <param name="spec">A network that passed validation.</param>
    public static ParameterLayout Create(NetworkSpec spec)
    {
        int trained = spec.Layers.Sum(static layer => layer.Parameters.Where(static tensor => !tensor.IsGathered).Sum(Room));
        var tensors = ImmutableArray.CreateBuilder<ParameterTensor>();
        int next = 0, nextGathered = trained, count = 0;

        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                ref int offset = ref parameter.IsGathered ? ref nextGathered : ref next;
                tensors.Add(new ParameterTensor(layer.Index, parameter, offset));
                offset += Room(parameter);
                count += parameter.Count;
            }
        }

        return new ParameterLayout(new EquatableArray<ParameterTensor>(tensors.ToImmutable()), trained, nextGathered, count);
    }

    /// <summary>The tensor of a layer by its name, or null where the layer has none of that name.</summary>
    /// <param name="layerIndex">The layer's position in the file.</param>
    /// <param name="name">The name within the layer.</param>
    public ParameterTensor? Find(int layerIndex, string name)
    {
        foreach (ParameterTensor tensor in Tensors)
        {
            if (tensor.LayerIndex == layerIndex && tensor.Spec.Name == name)
                return tensor;
        }

        return null;
    }

    /// <summary>The floats of a tensor and of the gap behind it.</summary>
    private static int Room(ParameterSpec parameter) => (parameter.Matrix.Length + Alignment - 1) / Alignment * Alignment;
}
