namespace NativeNet.ProcessBenchmarks;

/// <summary>784-512-512-10, batches of 256.</summary>
[Network("Networks/mnist-wide-256.nn.json")]
public readonly partial struct MnistWide;

/// <summary>Seven convolutions with batch normalization and two shortcuts, batches of 128.</summary>
[Network("Networks/resnet-128.nn.json")]
public readonly partial struct Resnet;
