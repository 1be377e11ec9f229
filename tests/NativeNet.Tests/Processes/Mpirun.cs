using System.Diagnostics;
using NativeNet.Tests.Cli;

namespace NativeNet.Tests.Processes;

/// <summary>Starts several processes of a program, as many as are asked for on however few cores.</summary>
internal static class Mpirun
{
    /// <summary>Skips the test where Open MPI is not installed.</summary>
    public static void Require()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(static folder => File.Exists(Path.Combine(folder, "mpirun"))), "mpirun is not installed: openmpi-bin");
    }

    /// <summary>Runs the command-line program to its end.</summary>
    /// <param name="processes">How many processes.</param>
    /// <param name="arguments">Its arguments, separated by blanks.</param>
    /// <param name="program">The program, by the name of its assembly.</param>
    public static CommandResult Run(int processes, string arguments, string program = "NativeNet.Cli")
    {
        using Process process = Start(processes, $"dotnet {PathOf(program)} {arguments}");
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts a command and lets the caller watch it.</summary>
    /// <param name="processes">How many processes.</param>
    /// <param name="command">The command, its words separated by blanks.</param>
    public static Process Start(int processes, string command)
    {
        var start = new ProcessStartInfo("mpirun", $"-n {processes} --oversubscribe --bind-to none {command}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Where a program lies.</summary>
    /// <param name="program">The name of its assembly.</param>
    public static string PathOf(string program) => Path.Combine(AppContext.BaseDirectory, program + ".dll");
}
