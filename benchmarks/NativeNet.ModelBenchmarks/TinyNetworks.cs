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

/// <summary>Without shortcuts where the shape changes, as it was measured before.</summary>
[Network("Tiny/resnet8-plain.nn.json")]
internal readonly partial struct PlainResNet8;

[Network("Tiny/wake-word.nn.json")]
internal readonly partial struct WakeWord;

/// <summary>Autoencoder as fold leaves it.</summary>
[Network("Folded/autoencoder.nn.json")]
internal readonly partial struct FoldedAutoencoder;

/// <summary>Keywords as fold leaves it.</summary>
[Network("Folded/keywords.nn.json")]
internal readonly partial struct FoldedKeywords;

/// <summary>MobileNet as fold leaves it.</summary>
[Network("Folded/mobilenet.nn.json")]
internal readonly partial struct FoldedMobileNet;

/// <summary>ResNet8 as fold leaves it.</summary>
[Network("Folded/resnet8.nn.json")]
internal readonly partial struct FoldedResNet8;

/// <summary>PlainResNet8 as fold leaves it.</summary>
[Network("Folded/resnet8-plain.nn.json")]
internal readonly partial struct FoldedPlainResNet8;

/// <summary>WakeWord as fold leaves it.</summary>
[Network("Folded/wake-word.nn.json")]
internal readonly partial struct FoldedWakeWord;
