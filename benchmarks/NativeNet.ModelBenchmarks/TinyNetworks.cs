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

/// <summary>Keywords as fold leaves it.</summary>
[Network("Folded/keywords.nn.json")]
internal readonly partial struct FoldedKeywords;

/// <summary>MobileNet as fold leaves it.</summary>
[Network("Folded/mobilenet.nn.json")]
internal readonly partial struct FoldedMobileNet;
