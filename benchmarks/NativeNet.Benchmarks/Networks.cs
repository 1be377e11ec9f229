namespace NativeNet.Benchmarks;

/// <summary>64-32-10, batches of 32.</summary>
[Network("models/digits.nn.json")]
public readonly partial struct Digits;

/// <summary>784-128-64-10, batches of 64.</summary>
[Network("models/mnist.nn.json")]
public readonly partial struct Mnist;

/// <summary>784-512-512-10, batches of 64.</summary>
[Network("models/mnist-wide.nn.json")]
public readonly partial struct MnistWide;
