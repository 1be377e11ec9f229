using NativeNet.Description;

namespace NativeNet.Storage;

/// <summary>A file of parameters is not what its reader expects.</summary>
/// <remarks>The message names the file, the place in it or the tensor, what was found, and what to do about it, in one printable line.</remarks>
public sealed class StorageFormatException : Exception
{
    /// <summary>An error without a message.</summary>
    public StorageFormatException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    /// <param name="message">The file, the place, what was found and the remedy.</param>
    public StorageFormatException(string message)
        : base(Excerpt.OfMessage(message))
    {
    }

    /// <summary>An error described by <paramref name="message"/>, found through another exception.</summary>
    /// <param name="message">The file, the place, what was found and the remedy.</param>
    /// <param name="innerException">What the decoder below threw.</param>
    public StorageFormatException(string message, Exception innerException)
        : base(Excerpt.OfMessage(message), innerException)
    {
    }
}
