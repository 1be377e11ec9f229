using Microsoft.Win32.SafeHandles;
using NativeNet.Data;

namespace NativeNet.Program.CommandLine;

/// <summary>Standard input, output and error.</summary>
internal static class Terminal
{
    /// <summary>EPIPE, which an <see cref="IOException"/> carries when the reader of a pipe has gone.</summary>
    public const int BrokenPipeError = 32;

    private static TextWriter? _output;

    /// <summary>Results. Writing throws an <see cref="IOException"/> with <see cref="BrokenPipeError"/> when nobody reads.</summary>
    public static TextWriter Output => _output ??= new StreamWriter(OpenOutput()) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Whether a person watches, so that a line may be rewritten.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    /// <summary>Input in UTF-8.</summary>
    public static TextReader OpenInput()
        => new StreamReader(Console.OpenStandardInput(), LineReader.Utf8, detectEncodingFromByteOrderMarks: false);

    /// <summary>A message of one line on standard error.</summary>
    /// <param name="message">The message, without the program's name.</param>
    public static void WriteError(string message)
        => Console.Error.WriteLine($"{Application.Program.Name}: {message.ReplaceLineEndings(" ")}");

    /// <summary>Shows on standard error how far a command is, if a person watches; each text replaces the one before.</summary>
    /// <param name="text">At most 40 characters; none to clear the line.</param>
    public static void ShowProgress(string text)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write(text.Length == 0 ? $"\r{"",40}\r" : $"\r{text,-40}");
    }

    /// <summary>The console's own stream ignores a closed pipe, so that a run would go on for nobody.</summary>
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();

#pragma warning disable CA2000 // the handle owns nothing, and the stream lives as long as the process
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
#pragma warning restore CA2000

        // In a file the stream would write at positions of its own, over what standard error has put there.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
