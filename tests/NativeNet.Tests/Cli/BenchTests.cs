using System.Globalization;
using System.Text.Json;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

public sealed class BenchTests : IDisposable
{
    private static readonly string[] Names =
    [
        "one sample", "forward", "forward, loss", "loss, gradients", "step, sgd", "step, momentum", "step, adam",
        "rows phase", "update, layer 1", "update, layer 2",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_table_and_the_json_tell_the_same_figures()
    {
        string path = _folder.File("bench.json", [1, 2, 3]);
        CommandResult result = CommandLine.Run($"bench digits --threads 2 --json {path}");

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = json.RootElement;
        JsonElement network = Assert.Single(root.GetProperty("networks").EnumerateArray());
        JsonElement[] measurements = [.. network.GetProperty("measurements").EnumerateArray()];

        Assert.Equal(4, root.GetProperty("memory").GetArrayLength());
        Assert.Equal(Names, measurements.Select(static each => each.GetProperty("name").GetString()));
        Assert.Equal(Names, result.Lines[^Names.Length..].Select(static line => line[..18].TrimEnd()));
        for (int i = 0; i < measurements.Length; i++)
            Assert.Equal(Row(measurements[i]), Columns(result.Lines[i + result.Lines.Length - Names.Length]));
    }

    [Fact]
    public void Multiply_adds_are_those_of_the_shapes_and_shares_those_of_all_threads()
    {
        string path = _folder.File("bench.json");
        Assert.Equal(0, CommandLine.Run($"bench digits --threads 2 --json {path}").ExitCode);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = json.RootElement;
        Dictionary<string, JsonElement> named = root.GetProperty("networks")[0].GetProperty("measurements").EnumerateArray()
            .ToDictionary(static each => each.GetProperty("name").GetString()!);

        const double First = 64 * 32, Second = 32 * 10, Batch = 32;
        Assert.Equal(First + Second, Number(named["one sample"], "multiplyAdds"));
        Assert.Equal((First + Second) * Batch, Number(named["forward"], "multiplyAdds"));
        Assert.Equal(((2 * First) + (3 * Second)) * Batch, Number(named["step, adam"], "multiplyAdds"));
        Assert.Equal((First + (2 * Second)) * Batch, Number(named["rows phase"], "multiplyAdds"));
        Assert.Equal(Second * Batch, Number(named["update, layer 2"], "multiplyAdds"));

        foreach ((string name, double threads) in new[] { ("loss, gradients", 1.0), ("step, sgd", 2.0) })
        {
            JsonElement each = named[name];
            double flops = 2 * Number(each, "multiplyAdds") / Number(each, "seconds");
            Assert.Equal(flops / threads / Number(root, "fmaLoopFlops"), Number(each, "shareOfFmaLoop"), 1e-9);
        }
    }

    private static string[] Row(JsonElement measurement)
    {
        double micros = Number(measurement, "seconds") * 1e6;
        Assert.Equal(0, Number(measurement, "allocatedBytes"));
        return
        [
            Text($"{micros:F3}"), Text($"{micros / Number(measurement, "samples"):F4}"), Text($"{Number(measurement, "samplesPerSecond"):F0}"),
            Text($"{Number(measurement, "shareOfFmaLoop") * 100:F1}"), "%", "0", "B",
        ];
    }

    private static string[] Columns(string line) => line[18..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
