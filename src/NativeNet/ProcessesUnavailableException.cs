namespace NativeNet;

/// <summary>The processes that a program was started as cannot work together; the message says what is missing.</summary>
public sealed class ProcessesUnavailableException : Exception
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public ProcessesUnavailableException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is missing.</param>
    public ProcessesUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is missing.</param>
    /// <param name="innerException">What the system said.</param>
    public ProcessesUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
