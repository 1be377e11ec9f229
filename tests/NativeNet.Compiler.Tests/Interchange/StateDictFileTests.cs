extern alias runner;

using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Storage;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using runner::NativeNet.Program.Interchange;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Damaged state dicts, of floats of 16, 32 and 64 bits, of images and of recurrent modules.</summary>
public sealed class StateDictFileTests
{
    private static readonly string Folder = Path.Combine(ModelFiles.Root, "tests", "NativeNet.Tests", "Interchange");

    /// <summary>A million: <c>NATIVENET_FILES=1000000 dotnet test --project tests/NativeNet.Compiler.Tests -c Release --filter-class '*.StateDictFileTests'</c>.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("signal")]
    [InlineData("rnn")]
    public void Damaged_files_are_imported_or_refused_with_one_exception_and_little_memory(string name)
    {
        var spec = NetworkSpec.Parse(File.ReadAllText(Path.Combine(Folder, name + ".nn.json")));
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, name + ".safetensors"));
        (int read, int refused) = Mutation.ReadDamaged<StorageFormatException>(file, Series.Files, path => _ = new PyTorchImport(spec, path, []));
        Assert.True(read > Series.Files / 50 && refused > Series.Files / 10, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Two_names_of_the_same_tensor_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("twice.safetensors");
        SafetensorsFile.Write(path, [new SafetensorsTensor("rnn.weight_ih_l0", [1], new float[1]), new SafetensorsTensor("rnn.weight_ih", [1], new float[1])]);
        var spec = NetworkSpec.Parse("""{ "input": [3, 1], "layers": [{ "type": "rnn", "units": 1 }], "batchSize": 2 }""");
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => _ = new PyTorchImport(spec, path, []));
        Assert.Equal($"{path}: 'rnn.weight_ih' and 'rnn.weight_ih_l0' are the same tensor of a layer", exception.Message);
    }
}
