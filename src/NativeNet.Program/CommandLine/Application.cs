using ConsoleAppFramework;
using NativeNet.Numerics;
using NativeNet.Program.Commands;

namespace NativeNet.Program.CommandLine;

/// <summary>The way from arguments to a command and its exit code.</summary>
internal static class Application
{
    /// <summary>The version of the library and of this binary, which are built together.</summary>
    public static string Version => typeof(Application).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The program that runs.</summary>
    public static NativeNetProgram Program { get; private set; } = new();

    /// <summary>Whether the process began in another floating-point mode and was set right.</summary>
    public static bool ModeWasSet { get; private set; }

    /// <summary>Runs what the arguments ask for.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(NativeNetProgram program, string[] arguments)
    {
        Program = program;
        Command.HasBegun = false;
        Terminal.IsSilent = Command.IsOneOfOthers(arguments);
        ModeWasSet = !FloatingPointMode.IsDefault;
        if (!FloatingPointMode.TrySetDefault())
        {
            Terminal.WriteError("this process drops subnormal numbers or does not round to nearest, and the system has no way to set it right; start it without the library that does that");
            return ExitCode.Failure;
        }

        try
        {
            arguments = ArgumentCheck.Normalize(arguments);
            if (HelpText.Find(arguments) is { } text)
            {
                Terminal.Output.WriteLine(text);
                return ExitCode.Success;
            }

            ArgumentCheck.Check(arguments);
            arguments = ArgumentCheck.OptionsFirst(arguments);
        }
        catch (Exception exception) when (Failure.IsExpected(exception))
        {
            AwaitTheFirst();
            return Failure.Report(exception);
        }

        ConsoleApp.LogError = Terminal.WriteError;
        ConsoleApp.ConsoleAppBuilder app = ConsoleApp.Create();
        app.Add("train", TrainCommand.Run);
        app.Add("eval", EvalCommand.Run);
        app.Add("predict", PredictCommand.Run);
        app.Add("sweep", SweepCommand.Run);
        app.Add("amplitudes", AmplitudesCommand.Run);
        app.Add("plot", PlotCommand.Run);
        app.Add("fold", FoldCommand.Run);
        app.Add("export", ExportCommand.Run);
        app.Add("import", ImportCommand.Run);
        app.Add("info", InfoCommand.Run);
        app.Add("bench", BenchCommand.Run);
        app.Add("selftest", SelfTestCommand.Run);
        app.Run(arguments);

        if (Command.HasBegun || Environment.ExitCode == ExitCode.Success)
            return Environment.ExitCode;

        // What fails before is a mistake in the command line, which the framework has told.
        AwaitTheFirst();
        return ExitCode.Usage;
    }

    /// <summary>mpirun ends all processes as soon as one has failed, and the first is to tell why.</summary>
    private static void AwaitTheFirst()
    {
        if (Terminal.IsSilent)
            Thread.Sleep(Command.Precedence);
    }
}
