namespace NativeNet;

/// <summary>The system does not let as many threads start as were asked for.</summary>
/// <remarks>The message names both numbers and the remedy.</remarks>
public sealed class ThreadsUnavailableException : InvalidOperationException
{
    /// <summary>An error without a message.</summary>
    public ThreadsUnavailableException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    /// <param name="message">How many threads there are and how many there should be.</param>
    public ThreadsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, found through another exception.</summary>
    /// <param name="message">How many threads there are and how many there should be.</param>
    /// <param name="innerException">What starting the next thread threw.</param>
    public ThreadsUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
