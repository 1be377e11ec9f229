using NativeNet;

return NativeNetProgram.Run<Houses>(args);

[Network("houses.nn.json")]
internal readonly partial struct Houses;
