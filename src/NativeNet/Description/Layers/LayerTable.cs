using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The types of layers. A new one is a <see cref="LayerSpec"/>, a <see cref="LayerForm"/> and a line here.</summary>
/// <remarks>Apart from <see cref="Vocabulary"/>, whose words the forms use: neither needs the other half initialised.</remarks>
internal static class LayerTable
{
    public static readonly WordTable<LayerForm> Forms = new(
        "layer type",
        ("flatten", new FlattenLayer()),
        ("dense", new DenseLayer()),
        ("conv1d", ConvLayer.Signal),
        ("conv2d", ConvLayer.Image),
        ("depthwiseConv2d", ConvLayer.Depthwise),
        ("maxPool2d", new PoolLayer(PoolKind.Max, "a maxPool2d layer")),
        ("layerNorm", new LayerNormLayer()),
        ("dropout", new DropoutLayer()),
        ("batchNorm", new BatchNormLayer()),
        ("averagePool2d", new PoolLayer(PoolKind.Average, "an averagePool2d layer")),
        ("globalAveragePool", new GlobalPoolLayer()),
        ("reshape", new ReshapeLayer()),
        ("add", new AddLayer()),
        ("multiply", new MultiplyLayer()),
        ("concat", new ConcatLayer()),
        ("activation", new ActivationLayer()),
        ("prelu", new PReluLayer()),
        ("normalization", new NormalizationLayer()),
        ("scale", new ScaleLayer()));
}
