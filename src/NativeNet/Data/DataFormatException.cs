using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>A data file is not what its reader expects.</summary>
/// <remarks>The message names the file, the place in it, what was found there, and what to do about it, in one printable line.</remarks>
public sealed class DataFormatException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataFormatException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    /// <param name="message">The file, the place, what was found and the remedy.</param>
    public DataFormatException(string message)
        : base(Excerpt.OfMessage(message))
    {
    }

    /// <summary>An error described by <paramref name="message"/>, found through another exception.</summary>
    /// <param name="message">The file, the place, what was found and the remedy.</param>
    /// <param name="innerException">What the decoder below threw.</param>
    public DataFormatException(string message, Exception innerException)
        : base(Excerpt.OfMessage(message), innerException)
    {
    }
}
