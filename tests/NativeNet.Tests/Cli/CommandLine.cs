using System.Diagnostics;

namespace NativeNet.Tests.Cli;

/// <summary>Starts the command-line program as a shell would.</summary>
internal static class CommandLine
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments, separated by blanks.</param>
    /// <param name="input">Its standard input.</param>
    public static CommandResult Run(string arguments, string input = "")
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts it and lets the caller talk to it.</summary>
    /// <param name="arguments">Its arguments, separated by blanks.</param>
    public static Process Start(string arguments)
        => Process.Start(new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "NativeNet.Cli.dll")}\" {arguments}")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
