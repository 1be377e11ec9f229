namespace NativeNet.Compiler.Planning;

/// <summary>How long what a buffer holds is needed, and whose memory it is.</summary>
internal enum Lifetime
{
    /// <summary>What the caller passes to a call: inputs, targets, scores, gradients.</summary>
    Argument,

    /// <summary>Parameters: they live from call to call.</summary>
    Parameter,

    /// <summary>What survives between the calls for one signal: the frames and states that the next ones depend on.</summary>
    Stream,

    /// <summary>Scratch of a call.</summary>
    Workspace,
}

/// <summary>A named stretch of floats.</summary>
/// <param name="Name">The name; in a workspace the constant that holds its offset.</param>
/// <param name="Lifetime">How long its content is needed.</param>
/// <param name="Offset">Floats from the start of its memory.</param>
/// <param name="Length">Floats.</param>
/// <param name="Meaning">Its shape and content, for the comment.</param>
internal readonly record struct Buffer(string Name, Lifetime Lifetime, int Offset, int Length, string Meaning)
{
    /// <summary>Whether another one of the same memory has floats in common.</summary>
    public bool Overlaps(Buffer other) => other.Offset < Offset + Length && Offset < other.Offset + other.Length;

    /// <summary>The caller's samples, in rows.</summary>
    public const string Inputs = "inputs";

    /// <summary>The caller's targets, in rows.</summary>
    public const string Targets = "targets";

    /// <summary>The caller's place for scores, in rows.</summary>
    public const string Scores = "scores";

    /// <summary>The parameter buffer; in place of it, for gradients, the gradient buffer.</summary>
    public const string Parameters = "parameters";

    /// <summary>Where a call's mean loss goes.</summary>
    public const string Loss = "loss";
}
