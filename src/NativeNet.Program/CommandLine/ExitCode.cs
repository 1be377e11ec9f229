namespace NativeNet.Program.CommandLine;

/// <summary>What the binary's exit codes mean; <c>--help</c> lists them.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A file is missing or wrong, or a self-test failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Learning broke down: the loss is not a number any more.</summary>
    public const int Diverged = 3;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads the output any more: 128 + SIGPIPE, as other tools end then.</summary>
    public const int BrokenPipe = 141;
}
