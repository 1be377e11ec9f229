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
}
