using NativeNet;

return NativeNetProgram.Run<Fruit>(args);

[Network("fruit.nn.json")]
internal readonly partial struct Fruit;
