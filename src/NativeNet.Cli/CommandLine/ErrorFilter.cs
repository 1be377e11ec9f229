using ConsoleAppFramework;
using NativeNet.Data;
using NativeNet.Storage;

namespace NativeNet.Cli.CommandLine;

/// <summary>Turns the errors that people can do something about into one line and an exit code.</summary>
/// <param name="next">The command.</param>
internal sealed class ErrorFilter(ConsoleAppFilter next) : ConsoleAppFilter(next)
{
    /// <inheritdoc/>
    public override async Task InvokeAsync(ConsoleAppContext context, CancellationToken cancellationToken)
    {
        try
        {
            await Next.InvokeAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is UsageException or ArgumentParseFailedException)
        {
            Terminal.WriteError(exception.Message);
            Environment.ExitCode = ExitCode.Usage;
        }
        catch (IOException exception) when (exception.HResult == Terminal.BrokenPipeError)
        {
            Environment.ExitCode = ExitCode.BrokenPipe;
        }
        catch (Exception exception) when (exception is DataFormatException or StorageFormatException or IOException or UnauthorizedAccessException)
        {
            Terminal.WriteError(exception.Message);
            Environment.ExitCode = ExitCode.Failure;
        }
    }
}
