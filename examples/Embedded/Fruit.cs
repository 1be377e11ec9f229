using NativeNet;

namespace Embedded;

[Network("fruit.nn.json", Weights = "fruit.safetensors")]
internal readonly partial struct Fruit;
