namespace NativeNet.ModelBenchmarks;

#pragma warning disable CA1812 // the networks are used through static members

[Network("Activations/dense-relu.nn.json")]
internal readonly partial struct DenseRelu;

[Network("Activations/dense-leaky-relu.nn.json")]
internal readonly partial struct DenseLeakyRelu;

[Network("Activations/dense-tanh.nn.json")]
internal readonly partial struct DenseTanh;

[Network("Activations/dense-sigmoid.nn.json")]
internal readonly partial struct DenseSigmoid;

[Network("Activations/dense-elu.nn.json")]
internal readonly partial struct DenseElu;

[Network("Activations/dense-gelu.nn.json")]
internal readonly partial struct DenseGelu;

[Network("Activations/dense-silu.nn.json")]
internal readonly partial struct DenseSilu;

[Network("Activations/dense-hard-swish.nn.json")]
internal readonly partial struct DenseHardSwish;

[Network("Activations/dense-softplus.nn.json")]
internal readonly partial struct DenseSoftplus;

/// <summary>Every activation in convolutions of all channels and of each by itself, and as a layer.</summary>
[Network("Activations/convolutions.nn.json")]
internal readonly partial struct Convolutions;
