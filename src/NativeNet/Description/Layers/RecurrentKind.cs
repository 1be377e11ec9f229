namespace NativeNet.Description;

/// <summary>The cells of recurrent layers.</summary>
public enum RecurrentKind
{
    /// <summary>h = tanh(W · x + U · h + b). Elman, "Finding Structure in Time", 1990.</summary>
    Rnn,

    /// <summary>
    /// Gated recurrent unit: gates reset, update, new, the reset gate behind the product with h. Cho et al., "Learning Phrase
    /// Representations using RNN Encoder–Decoder", 2014, in the form of PyTorch.
    /// </summary>
    Gru,

    /// <summary>
    /// Long short-term memory: gates input, forget, cell, output. Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997;
    /// Gers et al., "Learning to Forget", 2000.
    /// </summary>
    Lstm,
}
