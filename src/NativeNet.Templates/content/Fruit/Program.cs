using NativeNet;

return NativeNetProgram.Run<Fruit>(args);

/// <summary>The network of fruit.nn.json, compiled.</summary>
[Network("fruit.nn.json")]
public readonly partial struct Fruit;
