using System.Diagnostics;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>The machine's C compiler.</summary>
internal static class CCompiler
{
    /// <summary>What clean C compiles without a word.</summary>
    public static readonly string[] Warnings =
        ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wdouble-promotion", "-Wshadow", "-Wundef", "-Wcast-qual", "-Werror"];

    /// <summary>Its command, or null where there is none.</summary>
    public static string? Command { get; } = ((string[])["gcc", "clang", "cc"]).FirstOrDefault(static name => Find(name));

    /// <summary>Skips a test where there is no compiler.</summary>
    public static void Require() => Assert.SkipWhen(Command is null, "needs a C compiler: gcc, clang or cc in the path");

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It did not like something.</exception>
    public static void Run(params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Command!, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Command} {string.Join(' ', arguments)}\n{error}");
    }

    private static bool Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
