using System.ComponentModel;
using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Storage;

namespace NativeNet.Program.CommandLine;

/// <summary>Turns the errors that people can do something about into one line and an exit code.</summary>
internal static class Failure
{
    /// <summary>Whether an error is one of those; all others are mistakes of the program.</summary>
    public static bool IsExpected(Exception exception)
        => exception is UsageException or ArgumentParseFailedException
            or DataFormatException or StorageFormatException or ThreadsUnavailableException or ProcessesUnavailableException or IOException or UnauthorizedAccessException
            or OutOfMemoryException or Win32Exception;

    /// <summary>Tells an expected error on standard error, unless it is that nobody reads.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception)
    {
        if (exception is IOException && exception.HResult == Terminal.BrokenPipeError)
            return ExitCode.BrokenPipe;

        Terminal.WriteError(exception is OutOfMemoryException
            ? "the memory or the threads that the system grants this process are used up; raise its limits, or use fewer threads or less data"
            : exception.Message);
        return exception is UsageException or ArgumentParseFailedException ? ExitCode.Usage : ExitCode.Failure;
    }
}
