using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>Weights that do not say in which order their elements lie.</summary>
public sealed class LayoutTests : IDisposable
{
    private const string Network = """
        {
          "input": [2, 2, 2],
          "layers": [{ "type": "flatten" }, { "type": "dense", "units": 2 }],
          "loss": "softmaxCrossEntropy",
          "batchSize": 4
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict NET --weights WEIGHTS ROWS")]
    [InlineData("eval NET --weights WEIGHTS --data DATA --test DATA")]
    [InlineData("fold NET --weights WEIGHTS --network FOLDED --output OUTPUT")]
    [InlineData("export c NET --weights WEIGHTS --output FIRMWARE")]
    public void Are_refused_where_another_order_has_the_same_shapes_unless_the_user_says_whose_they_are(string command)
    {
        string weights = _folder.File("w.safetensors");
        var spec = NetworkSpec.Parse(Network);
        ParameterFile.Save(weights, spec, new float[spec.ParameterCount]);
        SafetensorsFile.Write(weights, SafetensorsFile.Read(weights).Tensors);
        command = command
            .Replace("NET", Write("net.nn.json", Network), StringComparison.Ordinal)
            .Replace("WEIGHTS", weights, StringComparison.Ordinal)
            .Replace("ROWS", Write("rows.csv", "1,2,3,4,5,6,7,8\n"), StringComparison.Ordinal)
            .Replace("DATA", Write("data.csv", "1,2,3,4,5,6,7,8,0\n1,2,3,4,5,6,7,8,1\n"), StringComparison.Ordinal)
            .Replace("FOLDED", _folder.File("folded.nn.json"), StringComparison.Ordinal)
            .Replace("OUTPUT", _folder.File("out.safetensors"), StringComparison.Ordinal)
            .Replace("FIRMWARE", _folder.File("firmware"), StringComparison.Ordinal);

        CommandResult refused = CommandLine.Run(command);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"nativenet: {weights}: does not say in which order its elements lie", refused.Error, StringComparison.Ordinal);

        CommandResult accepted = CommandLine.Run(command + " --layout nativenet");
        Assert.Equal(0, accepted.ExitCode);

        CommandResult unknown = CommandLine.Run(command + " --layout keras");
        Assert.Equal(2, unknown.ExitCode);
    }

    private string Write(string name, string text) => _folder.File(name, System.Text.Encoding.UTF8.GetBytes(text));
}
