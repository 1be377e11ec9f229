using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_becomes_the_same_files_each_time()
    {
        string first = _folder.File("first"), second = _folder.File("second");

        CommandResult result = CommandLine.Run($"export c digits --rule adamW --batch 2 --prefix net --output {first}");
        CommandLine.Run($"export c digits --rule adamw --batch 2 --prefix net --output {second}");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(["net.c", "net.h"], Directory.GetFiles(first).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("#define NET_BATCH_SIZE 2 ", File.ReadAllText(Path.Combine(first, "net.h")), StringComparison.Ordinal);
        foreach (string name in (string[])["net.c", "net.h"])
            Assert.Equal(File.ReadAllText(Path.Combine(first, name)), File.ReadAllText(Path.Combine(second, name)));
    }

    [Fact]
    public void Weights_become_constant_data_of_a_network_that_only_predicts()
    {
        string network = _folder.File("net.nn.json"), weights = _folder.File("w.safetensors"), output = _folder.File("out");
        File.WriteAllText(network, """{ "input": [2], "layers": [ { "type": "dense", "units": 1 } ], "batchSize": 1 }""");
        var spec = NetworkSpec.Parse(File.ReadAllText(network));
        ParameterFile.Save(weights, spec, new float[] { 0.1f, -2, 1e-20f });

        CommandResult result = CommandLine.Run($"export c {network} --weights {weights} --output {output}");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string text = File.ReadAllText(Path.Combine(output, "net_weights.c"));
        Assert.Contains("0.1f, -2.0f\n", text, StringComparison.Ordinal);
        Assert.Contains("1e-20f\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("train_step", File.ReadAllText(Path.Combine(output, "net.h")), StringComparison.Ordinal);
    }
}
