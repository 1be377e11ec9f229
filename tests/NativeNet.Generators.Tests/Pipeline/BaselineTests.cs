using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>
/// What is generated, line by line, as it was last looked at and found good. After a change of the emitter:
/// <c>NATIVENET_UPDATE_BASELINES=1 dotnet test --project tests/NativeNet.Generators.Tests</c>, then read the difference.
/// </summary>
public sealed class BaselineTests
{
    /// <summary>What digits has not: an image that stays narrow, padding, chains, a slope, values as targets.</summary>
    public const string Odd = """
        {
          "input": [3, 1, 3],
          "layers": [
            { "type": "flatten" },
            { "type": "dense", "units": 5, "activation": "leakyRelu", "negativeSlope": 0.125, "initializer": "normal", "gain": 0.3 },
            { "type": "dense", "units": 2 }
          ],
          "loss": "binaryCrossEntropy",
          "batchSize": 6
        }
        """;

    private static readonly bool Updates = Environment.GetEnvironmentVariable("NATIVENET_UPDATE_BASELINES") == "1";

    [Fact]
    public void Digits_are_generated_as_before()
        => Check("Digits", File.ReadAllText(Path.Combine(ModelFiles.Models, "digits.nn.json")));

    [Fact]
    public void An_odd_network_is_generated_as_before() => Check("Odd", Odd);

    [Fact]
    public void The_readme_shows_what_is_generated()
    {
        string readme = File.ReadAllText(Path.Combine(ModelFiles.Root, "README.md"));
        string excerpt = readme.Split("<summary>What the generator writes")[1].Split("```csharp\n")[1].Split("```")[0];
        string generated = File.ReadAllText(Path.Combine(ModelFiles.Root, "tests", "NativeNet.Generators.Tests", "Baselines", "Digits.txt"));

        Assert.NotEmpty(excerpt);
        Assert.Contains(excerpt, generated.Replace("\n    ", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void Check(string name, string json)
    {
        // A new version changes no line.
        string actual = GeneratorRun.Of($"[NativeNet.Network(\"n.nn.json\")] readonly partial struct {name};", ("n.nn.json", json)).Text()
            .Replace($"\"NativeNet\", \"{GeneratedNames.Version}\"", "\"NativeNet\", \"VERSION\"", StringComparison.Ordinal);
        string path = Path.Combine(ModelFiles.Root, "tests", "NativeNet.Generators.Tests", "Baselines", name + ".txt");
        if (Updates)
            File.WriteAllText(path, actual);

        Assert.True(File.Exists(path), $"There is no baseline {name}.txt.");
        if (FirstDifference(File.ReadAllText(path), actual) is { } difference)
            Assert.Fail($"{name}.txt, {difference}\nIf that is what should be generated: NATIVENET_UPDATE_BASELINES=1 dotnet test --project tests/NativeNet.Generators.Tests");
    }

    /// <summary>The first line in which two texts differ, with both versions of it; null when there is none.</summary>
    private static string? FirstDifference(string expected, string actual)
    {
        string[] old = expected.Split('\n'), now = actual.Split('\n');
        for (int i = 0; i < Math.Max(old.Length, now.Length); i++)
        {
            string before = i < old.Length ? old[i] : "(the end)", after = i < now.Length ? now[i] : "(the end)";
            if (before != after)
                return $"line {i + 1}\n  before: {before}\n  now:    {after}";
        }

        return null;
    }
}
