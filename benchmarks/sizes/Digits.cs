namespace NativeNet.Sizes;

[Network("digits.nn.json", Weights = "digits.safetensors")]
internal readonly partial struct Digits;
