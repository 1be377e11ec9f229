namespace NativeNet.SelfTest;

#pragma warning disable CA1812 // the networks are used through static members

/// <summary>The network that the fixed training run trains.</summary>
[Network("models/digits.nn.json")]
internal readonly partial struct Digits;

/// <summary>Sizes that fit no vector, and the activations that are more than a comparison.</summary>
[Network("SelfTest/Networks/staircase.nn.json")]
internal readonly partial struct Staircase;

/// <summary>Values as targets, and two panels of which the second is cut off.</summary>
[Network("SelfTest/Networks/values.nn.json")]
internal readonly partial struct Values;

/// <summary>A single score.</summary>
[Network("SelfTest/Networks/yes-no.nn.json")]
internal readonly partial struct YesNo;

/// <summary>Convolutions whose windows reach over the edges, of all channels and of each by itself.</summary>
[Network("SelfTest/Networks/vision.nn.json")]
internal readonly partial struct Vision;

/// <summary>Layers that look at more than one value, or do otherwise in training than in prediction.</summary>
[Network("SelfTest/Networks/normalized.nn.json")]
internal readonly partial struct Normalized;

/// <summary>So little work that a prediction is a straight line at every width.</summary>
[Network("SelfTest/Networks/line.nn.json")]
internal readonly partial struct Line;
