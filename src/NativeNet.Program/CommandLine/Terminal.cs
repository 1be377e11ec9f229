using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NativeNet.Data;
using NativeNet.Description;

namespace NativeNet.Program.CommandLine;

/// <summary>Standard input, output and error.</summary>
internal static partial class Terminal
{
    /// <summary>EPIPE, which an <see cref="IOException"/> carries when the reader of a pipe has gone.</summary>
    public const int BrokenPipeError = 32;

    private const int StandardInput = 0, StandardOutput = 1, StandardError = 2;
    private const int GetDescriptorFlags = 1;

    private static TextWriter? _output;
    private static string _speaker = "";

    /// <summary>Whether another process tells what this one would.</summary>
    public static bool IsSilent { get; set; }

    /// <summary>Results. Writing throws an <see cref="IOException"/> with <see cref="BrokenPipeError"/> when nobody reads.</summary>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public static TextWriter Output => IsSilent ? TextWriter.Null : _output ??= new StreamWriter(OpenOutput()) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Whether a person watches, so that a line may be rewritten.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    /// <summary>Input in UTF-8.</summary>
    /// <exception cref="IOException">Standard input is closed.</exception>
    public static TextReader OpenInput()
        => IsOpen(StandardInput)
            ? new StreamReader(Console.OpenStandardInput(), LineReader.Utf8, detectEncodingFromByteOrderMarks: false)
            : throw new IOException("standard input is closed; name a file");

    /// <summary>A message of one line on standard error; nothing happens where it cannot be written.</summary>
    /// <param name="message">The message, without the program's name; whatever it quotes is made printable and short.</param>
    public static void WriteError(string message)
    {
        if (!IsSilent)
            WriteToError($"{Application.Program.Name}: {_speaker}{Excerpt.OfMessage(message)}\n");
    }

    /// <summary>Lets a process that was silent tell an error of its own.</summary>
    /// <param name="process">Its number.</param>
    public static void SpeakAs(int process)
    {
        IsSilent = false;
        _speaker = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"process {process}: ");
    }

    /// <summary>Shows on standard error how far a command is, if a person watches; each text replaces the one before.</summary>
    /// <param name="text">At most 40 characters; none to clear the line.</param>
    public static void ShowProgress(string text)
    {
        if (!Console.IsErrorRedirected)
            WriteToError(text.Length == 0 ? $"\r{"",40}\r" : $"\r{text,-40}");
    }

    /// <summary>Where nobody can be told, the exit code remains. The console's own writer needs a descriptor and a thread more.</summary>
    private static void WriteToError(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.Write(text);
            return;
        }

        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty && IsOpen(StandardError) && Write(StandardError, rest, rest.Length) is > 0 and nint written)
            rest = rest[(int)written..];
    }

    /// <summary>The console's own stream ignores a closed pipe, so that a run would go on for nobody.</summary>
    private static Stream OpenOutput()
    {
        if (!IsOpen(StandardOutput))
            throw new IOException("standard output is closed; send it to /dev/null if nobody is to read it");
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();

#pragma warning disable CA2000 // the handle owns nothing, and the streams live as long as the process
        var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // In a file the stream would write at positions of its own, over what standard error has put there.
        return new NamedOutput(stream.CanSeek ? Console.OpenStandardOutput() : stream);
#pragma warning restore CA2000
    }

    /// <summary>
    /// Whether a descriptor was handed to this process. One that was closed is given to the next file that is opened, which
    /// would get the text; such files, unlike those handed over, are closed on exec.
    /// </summary>
    private static bool IsOpen(int descriptor) => !OperatingSystem.IsLinux() || Control(descriptor, GetDescriptorFlags) == 0;

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);
}
