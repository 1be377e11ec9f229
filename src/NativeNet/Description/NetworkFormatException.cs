namespace NativeNet.Description;

/// <summary>The text of a network is wrong. The message lists every mistake with its line and column.</summary>
public sealed class NetworkFormatException : FormatException
{
    /// <summary>Creates the exception without saying what is wrong.</summary>
    public NetworkFormatException()
    {
    }

    /// <summary>Creates the exception with a message of the caller's.</summary>
    /// <param name="message">What is wrong.</param>
    public NetworkFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What led to it.</param>
    public NetworkFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception from the mistakes in a text.</summary>
    /// <param name="diagnostics">At least one mistake.</param>
    public NetworkFormatException(EquatableArray<NetworkDiagnostic> diagnostics)
        : base(string.Join("\n", diagnostics))
        => Diagnostics = diagnostics;

    /// <summary>The mistakes in text order; empty when the exception was made from a message.</summary>
    public EquatableArray<NetworkDiagnostic> Diagnostics { get; }
}
