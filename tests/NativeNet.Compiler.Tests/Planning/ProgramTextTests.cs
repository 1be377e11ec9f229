using NativeNet.Generators.Tests.Description;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>
/// What the programs of a few networks are, step by step, as they were last looked at and found good. After a change of the
/// planner: <c>NATIVENET_UPDATE_BASELINES=1 dotnet test --project tests/NativeNet.Compiler.Tests</c>, then read the difference.
/// </summary>
public sealed class ProgramTextTests
{
    private static readonly string Folder = Path.Combine(ModelFiles.Root, "tests", "NativeNet.Compiler.Tests", "Programs");

    private static readonly bool Updates = Environment.GetEnvironmentVariable("NATIVENET_UPDATE_BASELINES") == "1";

    [Theory]
    [InlineData("models/digits", "simd")]
    [InlineData("models/digits", "scalar")]
    [InlineData("models/lenet", "simd")]
    [InlineData("models/resnet", "simd")]
    [InlineData("models/resnet", "scalar")]
    [InlineData("tests/NativeNet.Tests/Networks/projection", "simd")]
    [InlineData("tests/NativeNet.Tests/Networks/projection", "scalar")]
    public void A_program_is_planned_as_before(string network, string target)
    {
        string json = File.ReadAllText(Path.Combine(ModelFiles.Root, network + ".nn.json"));
        string actual = ProgramText.Of(ProgramTests.Plan(json, target)), path = Path.Combine(Folder, $"{Path.GetFileName(network)}.{target}.txt");
        if (Updates)
            File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
