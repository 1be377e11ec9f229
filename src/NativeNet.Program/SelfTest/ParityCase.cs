namespace NativeNet.SelfTest;

/// <summary>One comparison of generated code with the reference network.</summary>
/// <param name="Name">The network and the operation, for example <c>Digits: train step, Adam</c>.</param>
/// <param name="Run">Throws a <see cref="ParityException"/> where a bit differs.</param>
internal sealed record ParityCase(string Name, Action Run)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A bit differs, or memory outside a span was written.</summary>
/// <param name="message">Where, and both values.</param>
internal sealed class ParityException(string message) : Exception(message);
