using NativeNet;

namespace Learning;

[Network("fruit.nn.json", Weights = "fruit.safetensors")]
internal readonly partial struct Fruit;
