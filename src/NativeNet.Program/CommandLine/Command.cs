using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NativeNet.Program.CommandLine;

/// <summary>Runs what a command does: on the caller's thread, because the system may grant no other.</summary>
internal static class Command
{
    private static readonly PosixSignal[] Stops = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    /// <summary>How long a process with an error waits for the first, which may have the same and tells it for all.</summary>
    public static readonly TimeSpan Precedence = TimeSpan.FromSeconds(3);

    /// <summary>Whether the command line was understood, so that a command has begun.</summary>
    public static bool HasBegun { get; set; }

    /// <summary>Runs a command that a signal ends as any other program.</summary>
    /// <param name="body">Does everything and tells the exit code.</param>
    /// <returns>The exit code; errors that people can do something about are reported.</returns>
    public static int Run(Func<int> body)
    {
        HasBegun = true;
        try
        {
            return body();
        }
        catch (Exception exception) when (Failure.IsExpected(exception))
        {
            return Failure.Report(exception);
        }
    }

    /// <summary>Runs a command that ends by itself after Ctrl-C, a request to end, or when its terminal hangs up.</summary>
    /// <param name="body">Does everything and tells the exit code; its token is cancelled by those signals.</param>
    /// <returns>The exit code; errors that people can do something about are reported.</returns>
    public static int Run(Func<CancellationToken, int> body) => Run(() =>
    {
        using var stop = new CancellationTokenSource();
        List<PosixSignalRegistration> registrations = [];
        try
        {
            foreach (PosixSignal signal in Stops)
                registrations.Add(Register(signal, stop));
            return body(stop.Token);
        }
        finally
        {
            foreach (PosixSignalRegistration registration in registrations)
                registration.Dispose();
        }
    });

    /// <summary>Runs a command that processes do together where mpirun has started several: all do the same, and the first tells and saves.</summary>
    /// <param name="body">Does everything, with the processes or alone, and tells the exit code.</param>
    /// <returns>The exit code; errors that people can do something about are reported and end all processes.</returns>
    public static int RunTogether(Func<ProcessTeam?, CancellationToken, int> body) => Run(cancellationToken =>
    {
        ProcessTeam? processes = ProcessTeam.Join();
        try
        {
            int code = body(processes, cancellationToken);
            processes?.Dispose();
            return code;
        }
        catch (Exception exception) when (processes is not null)
        {
            // The others wait for this process in the middle of something, so that it cannot leave the team.
            if (!processes.IsFirst)
            {
                Thread.Sleep(Precedence);
                Terminal.SpeakAs(processes.Rank);
            }

            int code = ExitCode.Failure;
            if (Failure.IsExpected(exception))
                code = Failure.Report(exception);
            else
                Terminal.WriteError(exception.ToString());
            processes.Abort(code);
            return code;
        }
    });

    /// <summary>Whether a command is one that processes do together, and this process is not the first.</summary>
    /// <param name="arguments">The arguments.</param>
    public static bool IsOneOfOthers(string[] arguments)
        => arguments is ["train" or "sweep" or "selftest", ..] && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") is not (null or "0");

    private static PosixSignalRegistration Register(PosixSignal signal, CancellationTokenSource stop)
    {
        try
        {
            return PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
        }
        catch (Win32Exception exception)
        {
            throw new IOException("the system grants this process too few threads or open files to watch for Ctrl-C; raise its limits", exception);
        }
    }
}
