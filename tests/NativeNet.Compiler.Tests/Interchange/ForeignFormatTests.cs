extern alias runner;

using NativeNet.Storage;
using NativeNet.Tests.Storage;
using runner::NativeNet.Program.Interchange;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Files of other programs are answered with the way to convert them.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("894844460d0a1a0a0000", "is an HDF5 file, as Keras saves them as .h5, not safetensors; in Keras: model.export(")]
    [InlineData("504b03040000080800000000000000000000000000000000000000000e00060061726368697665 2f646174612e706b6c", "is an archive of PyTorch (.pt or .pth), not safetensors; in PyTorch: safetensors.torch.save_file(")]
    [InlineData("504b0304140000000000000000000000000000000000000000000d0000006d657461646174612e6a736f6e", "is an archive of Keras (.keras), not safetensors; in Keras: model.export(")]
    [InlineData("504b030414000000000000000000000000000000000000000000070000006172725f302e6e7079", "is an archive of NumPy arrays (.npz), not safetensors; ")]
    [InlineData("504b030414000000", "is a zip archive, as PyTorch saves models")]
    [InlineData("80028a0a6cfc9c46f9", "is a pickle, as older versions of PyTorch save it, not safetensors; ")]
    [InlineData("1c00000054464c33", "is a TensorFlow Lite file, not safetensors; ")]
    [InlineData("934e554d5059", "is an array of NumPy, not safetensors; ")]
    [InlineData("1f8b08", "is compressed by gzip, not safetensors; decompress it first")]
    [InlineData("0807120770797469 6f7263681a", "is an ONNX file, not safetensors; import onnx takes it")]
    public void A_format_is_known_by_its_first_bytes(string bytes, string message)
    {
        string path = _folder.File("model", Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.StartsWith($"{path}: {message}", Assert.Throws<StorageFormatException>(() => ForeignFormat.Refuse(path, "safetensors")).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{path}: {message}", Assert.Throws<StorageFormatException>(() => GivenWeights.Load(path, NativeNet.Description.NetworkSpec.Parse(Network), new float[6], ParameterOrder.Stated)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reader_knows_the_others_files()
    {
        string weights = _folder.File("w", Convert.FromHexString("0212000000000000" + "7b22")), graph = _folder.File("g", Convert.FromHexString("0807120770797469"));
        Assert.Equal(
            $"{weights}: is a safetensors file, not ONNX; weights alone come with import pytorch and the network's description",
            Assert.Throws<StorageFormatException>(() => ForeignFormat.Refuse(weights, "ONNX")).Message);
        ForeignFormat.Refuse(weights, "safetensors");
        ForeignFormat.Refuse(graph, "ONNX");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("08071200")]
    public void Everything_else_is_left_to_its_reader(string bytes)
        => ForeignFormat.Refuse(_folder.File("model", Convert.FromHexString(bytes)), "safetensors");

    private const string Network = """{ "input": [2], "layers": [{ "type": "dense", "units": 2 }], "batchSize": 1 }""";
}
