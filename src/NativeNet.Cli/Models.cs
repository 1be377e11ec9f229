namespace NativeNet.Cli;

#pragma warning disable CA1812 // the networks are used through static members

[Network("models/digits.nn.json")]
internal readonly partial struct Digits;

[Network("models/mnist.nn.json")]
internal readonly partial struct Mnist;

[Network("models/mnist-wide.nn.json")]
internal readonly partial struct MnistWide;

[Network("models/lenet.nn.json")]
internal readonly partial struct Lenet;

[Network("models/resnet.nn.json")]
internal readonly partial struct Resnet;

[Network("models/separable.nn.json")]
internal readonly partial struct Separable;

[Network("models/deep.nn.json")]
internal readonly partial struct Deep;
