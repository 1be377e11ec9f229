namespace NativeNet.ModelBenchmarks;

#pragma warning disable CA1812 // the networks are used through static members

[Network("models/autoencoder.nn.json")]
internal readonly partial struct Autoencoder;

[Network("models/keywords.nn.json")]
internal readonly partial struct Keywords;

[Network("models/mobilenet.nn.json")]
internal readonly partial struct MobileNet;

[Network("models/resnet8.nn.json")]
internal readonly partial struct ResNet8;
