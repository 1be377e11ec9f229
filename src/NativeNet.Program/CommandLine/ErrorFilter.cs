using ConsoleAppFramework;

namespace NativeNet.Program.CommandLine;

/// <summary>Reports what goes wrong in a command.</summary>
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
        catch (Exception exception) when (Failure.IsExpected(exception))
        {
            Environment.ExitCode = Failure.Report(exception);
        }
    }
}
