namespace NativeNet.ModelBenchmarks;

#pragma warning disable CA1812 // the networks are used through static members

/// <summary>8 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/gru-8-1.nn.json")]
internal readonly partial struct Gru8Of1;

/// <summary>16 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/gru-16-1.nn.json")]
internal readonly partial struct Gru16Of1;

/// <summary>20 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/gru-20-1.nn.json")]
internal readonly partial struct Gru20Of1;

/// <summary>32 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/gru-32-1.nn.json")]
internal readonly partial struct Gru32Of1;

/// <summary>32 units over 64 frames of 8 channels.</summary>
[Network("Recurrent/gru-32-8.nn.json")]
internal readonly partial struct Gru32Of8;

/// <summary>64 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/gru-64-1.nn.json")]
internal readonly partial struct Gru64Of1;

/// <summary>64 units over 64 frames of 8 channels.</summary>
[Network("Recurrent/gru-64-8.nn.json")]
internal readonly partial struct Gru64Of8;

/// <summary>8 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/lstm-8-1.nn.json")]
internal readonly partial struct Lstm8Of1;

/// <summary>16 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/lstm-16-1.nn.json")]
internal readonly partial struct Lstm16Of1;

/// <summary>20 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/lstm-20-1.nn.json")]
internal readonly partial struct Lstm20Of1;

/// <summary>32 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/lstm-32-1.nn.json")]
internal readonly partial struct Lstm32Of1;

/// <summary>32 units over 64 frames of 8 channels.</summary>
[Network("Recurrent/lstm-32-8.nn.json")]
internal readonly partial struct Lstm32Of8;

/// <summary>64 units over 64 frames of 1 channel.</summary>
[Network("Recurrent/lstm-64-1.nn.json")]
internal readonly partial struct Lstm64Of1;

/// <summary>64 units over 64 frames of 8 channels.</summary>
[Network("Recurrent/lstm-64-8.nn.json")]
internal readonly partial struct Lstm64Of8;

/// <summary>16 filters over 3 frames of 16 channels.</summary>
[Network("Recurrent/conv1d-16-16.nn.json")]
internal readonly partial struct Conv1d16Of16;
