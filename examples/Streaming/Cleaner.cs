using NativeNet;

namespace Streaming;

[Network("cleaner.nn.json")]
internal readonly partial struct Cleaner;
