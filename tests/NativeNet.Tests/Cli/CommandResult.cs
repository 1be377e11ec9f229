namespace NativeNet.Tests.Cli;

/// <summary>How a run of the command-line program ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
