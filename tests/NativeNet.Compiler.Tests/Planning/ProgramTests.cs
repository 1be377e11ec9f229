using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Generators.Tests.Pipeline;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>Every program holds together, for every target.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Targets => ["simd", "scalar"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Programs_of_random_networks_hold_together(string target)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Program program = Plan(RandomNetworks.Create(seed), target);
            if (program.TrainStep.Workspace.Length < 300_000)
                ProgramCheck.Run(program);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Programs_of_the_models_hold_together(string target)
    {
        foreach (string path in ModelFiles.Valid)
            ProgramCheck.Run(Plan(File.ReadAllText(path), target));
    }

    internal static Program Plan(string json, string target)
        => Planner.Create(NetworkSpec.Parse(json), target == "simd" ? Target.Simd : Target.Scalar);
}
