using System.Globalization;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.SelfTest;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet selftest</c>: the cases that the test suite runs, on this binary and this processor.</summary>
internal static class SelfTestCommand
{
    /// <summary>Compares generated code with the reference.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
        => Command.RunTogether((processes, cancellationToken) =>
        {
            Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
            Terminal.Output.WriteLine("arithmetic: subnormals kept, rounding to nearest" + (Application.ModeWasSet ? "; the process began otherwise and was set right" : ""));

            int passed = 0;
            int failed = 0;
            foreach (ParityCase parity in processes is null ? Cases() : FixedRuns(processes))
            {
                if (cancellationToken.IsCancellationRequested)
                    return ExitCode.Interrupted;

                try
                {
                    parity.Run();
                    passed++;
                }
                catch (ParityException exception)
                {
                    Terminal.Output.WriteLine($"FAILED {parity.Name}: {exception.Message}");
                    failed++;
                }
            }

            Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
            return failed == 0 ? ExitCode.Success : ExitCode.Failure;
        });

    private static IEnumerable<ParityCase> Cases() =>
    [
        .. new NetworkParity<Digits, int>(new ClassTargets()).Cases(),
        .. new NetworkParity<Staircase, int>(new ClassTargets()).Cases(),
        .. new NetworkParity<Vision, int>(new ClassTargets()).Cases(),
        .. new NetworkParity<Values, float>(new ValueTargets()).Cases(),
        .. new NetworkParity<YesNo, float>(new ValueTargets()).Cases(),
        .. new NetworkParity<Normalized, int>(new ClassTargets()).Cases(),
        .. new NetworkParity<Line, float>(new ValueTargets()).Cases(),
        .. FixedRuns(),
    ];

    /// <summary>What processes compute together must be what one does; everything else each would do by itself.</summary>
    private static IEnumerable<ParityCase> FixedRuns(ProcessTeam? processes = null) =>
    [
        new ParityCase("a fixed training run", () => Check(FixedRun.Sha256(processes), FixedRun.Expected)),
        new ParityCase("a fixed training run of images", () => Check(FixedRun.Sha256OfImages(processes), FixedRun.ExpectedOfImages)),
    ];

    private static void Check(string actual, string expected)
    {
        if (actual != expected)
            throw new ParityException($"the parameters hash to {actual} instead of {expected}");
    }
}
