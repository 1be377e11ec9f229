namespace NativeNet.Tests.Networks;

[Network("digits.nn.json")]
internal readonly partial struct Digits;
