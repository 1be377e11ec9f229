using NativeNet.Description;
using static TorchSharp.torch;

namespace NativeNet.PeerBenchmarks;

/// <summary>The layers of a network as functions of libtorch, of the kinds that are compared.</summary>
internal sealed class TorchLayers
{
    private readonly IReadOnlyDictionary<(int Layer, string Name), Tensor> _tensors;

    /// <summary>What several layers read, or the network is given: an activation may not overwrite it.</summary>
    private readonly HashSet<int> _kept;

    /// <summary>Prepares the layers.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="tensors">Its parameters by layer and name.</param>
    public TorchLayers(NetworkSpec spec, IReadOnlyDictionary<(int Layer, string Name), Tensor> tensors)
    {
        _tensors = tensors;
        _kept = [-1, .. spec.Layers.SelectMany(static layer => layer.Sources).GroupBy(static source => source).Where(static readers => readers.Count() > 1).Select(static readers => readers.Key)];
    }

    /// <summary>Applies a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">What it reads: (samples, channels, rows, columns) or (samples, elements) each.</param>
    /// <param name="drop">In training what stands for dropout; null in prediction, where batchNorm goes by the running averages.</param>
    /// <exception cref="NotSupportedException">The layer is of a kind that no network here has.</exception>
    public Tensor Forward(LayerSpec layer, Tensor[] sources, Func<DropoutSpec, Tensor, Tensor>? drop) => layer switch
    {
        DenseSpec dense => Activate(dense.Activation, nn.functional.linear(sources[0], Of(dense, "weight"), Find(dense, "bias")), isKept: false),
        ConvSpec conv => Activate(conv.Activation, Convolve(conv, sources[0]), isKept: false),
        BatchNormSpec norm => nn.functional.batch_norm(
            sources[0], Of(norm, "running_mean"), Of(norm, "running_var"), Of(norm, "weight"), Of(norm, "bias"), drop is not null, norm.Momentum, norm.Epsilon),
        ActivationLayerSpec activation => Activate(activation.Activation, sources[0], _kept.Contains(activation.Sources[0])),
        DropoutSpec dropout => drop?.Invoke(dropout, sources[0]) ?? sources[0],
        PoolSpec { IsGlobal: true, Kind: PoolKind.Average } => sources[0].mean([2, 3]),
        FlattenSpec => sources[0].permute(0, 2, 3, 1).flatten(1),
        AddSpec => sources.Aggregate(static (sum, each) => sum + each),
        _ => throw new NotSupportedException($"Layer {layer.Index}, {layer.Type}, has no function here."),
    };

    /// <summary>In place, as who trains with libtorch writes it: a pass over memory less.</summary>
    private static Tensor Activate(ActivationSpec activation, Tensor x, bool isKept) => activation.Kind switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => isKept ? x.relu() : x.relu_(),
        _ => throw new NotSupportedException($"{activation.Kind} has no function here."),
    };

    /// <summary>How far the last window reaches beyond the image.</summary>
    private static int After(WindowAxis axis) => Math.Max(0, axis.Position(axis.Output - 1, axis.Kernel - 1) + 1 - axis.Input);

    /// <summary>libtorch pads both sides alike; where the file's padding does not, zeros are added before.</summary>
    private Tensor Convolve(ConvSpec layer, Tensor image)
    {
        (WindowAxis rows, WindowAxis columns) = (layer.Window.Vertical, layer.Window.Horizontal);
        (int below, int right) = (After(rows), After(columns));
        bool isEven = below == rows.Before && right == columns.Before;
        if (!isEven)
            image = nn.functional.pad(image, (columns.Before, right, rows.Before, below));
        return nn.functional.conv2d(
            image, Of(layer, "weight"), Find(layer, "bias"), [rows.Stride, columns.Stride],
            isEven ? [rows.Before, columns.Before] : [0, 0], [rows.Dilation, columns.Dilation], layer.Groups);
    }

    private Tensor Of(LayerSpec layer, string name) => _tensors[(layer.Index, name)];

    private Tensor? Find(LayerSpec layer, string name) => _tensors.GetValueOrDefault((layer.Index, name));
}
