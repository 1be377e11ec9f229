using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Planning.Budgets;
using NativeNet.Description;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet info</c>.</summary>
internal static class InfoCommand
{
    /// <summary>Lists the networks, or shows how one is computed.</summary>
    /// <param name="network">The network's name or its file; all in short when left out.</param>
    /// <returns>The exit code.</returns>
    public static int Run([Argument] string? network = null)
        => Command.Run(() =>
        {
            if (network is null)
            {
                foreach (NamedNetwork each in NetworkCatalog.All)
                    Terminal.Output.WriteLine(Describe(each));
            }
            else if (NetworkFile.IsFile(network))
            {
                Compiler.Planning.Program program = Planner.Create(NetworkFile.Read(network), Target.Simd);
                Terminal.Output.WriteLine(PlanText.Of(Path.GetFileName(network), program));
                WriteCost(program);
            }
            else
            {
                NamedNetwork chosen = NetworkCatalog.Find(network);
                Terminal.Output.WriteLine(Describe(chosen));
                Terminal.Output.WriteLine();
                Terminal.Output.WriteLine(chosen.Network.Plan.TrimEnd());
                WriteCost(Planner.Create(NetworkSpec.Parse(chosen.Network.Json), Target.Simd));
            }

            Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
            return ExitCode.Success;
        });

    private static void WriteCost(Compiler.Planning.Program program)
    {
        Terminal.Output.WriteLine();
        Terminal.Output.WriteLine(BudgetText.Of(program));
        Terminal.Output.WriteLine();
    }

    private static string Describe(NamedNetwork network)
        => string.Create(CultureInfo.InvariantCulture,
            $"{network.Name,-12} {network.Network.InputLength,4} inputs, {Outputs(network.Network)}, {network.Network.Tensors.ParameterCount,7} parameters, for {network.Data.Name}");

    private static string Outputs(TrainableNetwork network) => network switch
    {
        { ClassCount: 0 } => string.Create(CultureInfo.InvariantCulture, $"{network.OutputLength} values"),
        { TargetLength: 1 } => string.Create(CultureInfo.InvariantCulture, $"{network.ClassCount} classes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{network.ClassCount} classes for each of {network.TargetLength} positions"),
    };
}
