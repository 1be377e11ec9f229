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
            or OutOfMemoryException or Win32Exception
            || IsRefusedByTheSystem(exception);

    /// <summary>Tells an expected error on standard error, unless it is that nobody reads.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception)
    {
        if (exception is IOException && exception.HResult == Terminal.BrokenPipeError)
            return ExitCode.BrokenPipe;

        Terminal.WriteError(IsRefusedByTheSystem(exception)
            ? "the memory, threads or open files that the system grants this process are used up; raise its limits, or use fewer threads or less data"
            : exception.Message);
        return exception is UsageException or ArgumentParseFailedException ? ExitCode.Usage : ExitCode.Failure;
    }

    /// <summary>
    /// Whether memory, threads or files ran out, so that the message of the runtime says nothing about a file of ours: also where
    /// the runtime first watches for signals or opens the console, which it does as it initializes a type.
    /// </summary>
    private static bool IsRefusedByTheSystem(Exception exception)
        => exception is OutOfMemoryException
            or TypeInitializationException { InnerException: IOException or OutOfMemoryException or Win32Exception };
}
