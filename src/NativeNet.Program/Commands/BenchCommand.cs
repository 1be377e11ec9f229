using ConsoleAppFramework;
using NativeNet.Program.Bench;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Storage;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet bench</c>: how fast this binary is on this processor, and how close to what that can do.</summary>
internal static class BenchCommand
{
    /// <summary>Measures networks.</summary>
    /// <param name="network">The network's name; all when left out.</param>
    /// <param name="threads">How many threads share a training step; 1 when left out.</param>
    /// <param name="json">Where to save the figures.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, [Threads] int? threads = null, string? json = null)
        => Command.Run(cancellationToken =>
        {
            IReadOnlyList<NamedNetwork> chosen = network is null ? NetworkCatalog.All : [NetworkCatalog.Find(network)];
            OutputFile.Check([("--json", json)]);

            Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
            if (InstructionSet.Warning() is { } warning)
                Terminal.WriteError(warning);

            NetworkBench[] benches = [.. chosen.Select(each => each.CreateBench(threads ?? 1))];
            try
            {
                return Report(BenchRun.Measure(benches, threads ?? 1, cancellationToken), json);
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
            finally
            {
                foreach (NetworkBench bench in benches)
                    bench.Dispose();
            }
        });

    private static int Report(BenchResult result, string? json)
    {
        bool isSaved = json is null || OutputFile.Save(json, path => AtomicFile.Write(path, BenchJson.Write(result)));
        BenchTable.Write(Terminal.Output, result);
        if (result.FindAllocation() is not { } allocation)
            return isSaved ? ExitCode.Success : ExitCode.Failure;

        Terminal.WriteError($"'{allocation.Workload.Name}' allocated memory, which nothing here may do");
        return ExitCode.Failure;
    }
}
