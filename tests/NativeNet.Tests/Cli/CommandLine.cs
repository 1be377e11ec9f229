using System.Diagnostics;
using System.Globalization;

namespace NativeNet.Tests.Cli;

/// <summary>Starts the command-line program as a shell would.</summary>
internal static class CommandLine
{
    private const string Nativenet = "NativeNet.Cli";

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments, separated by blanks.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="program">The program, by the name of its assembly.</param>
    public static CommandResult Run(string arguments, string input = "", string program = Nativenet)
    {
        using Process process = Start(arguments, program);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts it and lets the caller talk to it.</summary>
    /// <param name="arguments">Its arguments, separated by blanks.</param>
    /// <param name="program">The program, by the name of its assembly.</param>
    public static Process Start(string arguments, string program = Nativenet)
        => Process.Start(new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, program + ".dll")}\" {arguments}")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Skips the test where programs cannot be interrupted.</summary>
    public static void RequireInterrupts()
    {
        const string ignored = "SigIgn:";
        const ulong interrupt = 1 << (2 - 1);

        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent the Unix way");
        string mask = File.ReadLines("/proc/self/status").Single(static line => line.StartsWith(ignored, StringComparison.Ordinal))[ignored.Length..];
        bool isIgnored = (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
        Assert.SkipWhen(isIgnored, "SIGINT is ignored, as under nohup, and programs started from here ignore it too");
    }

    /// <summary>Interrupts it as Ctrl-C does, and kills it if it goes on regardless.</summary>
    /// <param name="process">A program of <see cref="Start"/>.</param>
    /// <returns>What it wrote on standard error.</returns>
    public static string Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", $"-INT {process.Id}");
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            Assert.Fail("The program was interrupted two minutes ago and goes on.");
        }

        return error.GetAwaiter().GetResult();
    }
}
