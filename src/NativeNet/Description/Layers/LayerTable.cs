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
        ("conv1dTranspose", ConvTransposeLayer.Signal),
        ("conv2dTranspose", ConvTransposeLayer.Image),
        ("gru", RecurrentLayer.Gru),
        ("lstm", RecurrentLayer.Lstm),
        ("rnn", RecurrentLayer.Rnn),
        ("maxPool2d", PoolLayer.Of("a maxPool2d layer", PoolKind.Max, WindowKeys.Image)),
        ("layerNorm", new LayerNormLayer()),
        ("dropout", new DropoutLayer()),
        ("batchNorm", new BatchNormLayer()),
        ("averagePool2d", PoolLayer.Of("an averagePool2d layer", PoolKind.Average, WindowKeys.Image)),
        ("globalAveragePool", new GlobalPoolLayer("a globalAveragePool layer", PoolKind.Average)),
        ("maxPool1d", PoolLayer.Of("a maxPool1d layer", PoolKind.Max, WindowKeys.Signal)),
        ("averagePool1d", PoolLayer.Of("an averagePool1d layer", PoolKind.Average, WindowKeys.Signal)),
        ("globalMaxPool", new GlobalPoolLayer("a globalMaxPool layer", PoolKind.Max)),
        ("softmax", new SoftmaxLayer()),
        ("upsample1d", UpsampleLayer.Of("an upsample1d layer", WindowKeys.Signal)),
        ("upsample2d", UpsampleLayer.Of("an upsample2d layer", WindowKeys.Image)),
        ("cropping1d", CroppingLayer.Signal),
        ("cropping2d", CroppingLayer.Image),
        ("reshape", new ReshapeLayer()),
        ("add", new AddLayer()),
        ("multiply", new MultiplyLayer()),
        ("concat", new ConcatLayer()),
        ("activation", new ActivationLayer()),
        ("prelu", new PReluLayer()),
        ("normalization", new NormalizationLayer()),
        ("scale", new ScaleLayer()));
}
