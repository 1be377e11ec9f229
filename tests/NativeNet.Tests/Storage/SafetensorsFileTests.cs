using System.Buffers.Binary;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Tests.Storage;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_bit_for_bit()
    {
        float[] values = [1f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 3.5f];
        string path = _folder.File("a.safetensors");
        SafetensorsFile.Write(
            path,
            [new("m", [2, 3], values), new("scalar", [], new float[] { 7 }), new("none", [0, 4], Array.Empty<float>())],
            new Dictionary<string, string> { ["note \"ü\"\n\\"] = "42\u0001" });

        var file = SafetensorsFile.Read(path);
        Assert.Equal(3, file.Tensors.Length);
        Assert.Equal([0, 4], file.Tensors.Single(static t => t.Name == "none").Shape);
        Assert.Equal(7f, file.Tensors.Single(static t => t.Name == "scalar").Values.Span[0]);
        SafetensorsTensor matrix = file.Tensors.Single(static t => t.Name == "m");
        Assert.Equal([2, 3], matrix.Shape);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), matrix.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal("42\u0001", Assert.Single(file.Metadata, static pair => pair.Key == "note \"ü\"\n\\").Value);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        string path = _folder.File("a.safetensors");
        SafetensorsFile.Write(path, [new("w", [2], new float[] { 1, 2 })]);
        const string Header = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """;
        Assert.Equal(0, Header.Length % 8);
        Assert.Equal(Container(Header, [0, 0, 128, 63, 0, 0, 0, 64]), File.ReadAllBytes(path));
    }

    [Fact]
    public void Tensors_larger_than_a_chunk_survive()
    {
        float[] values = [.. Enumerable.Range(0, 5000).Select(static i => i / 3f)];
        SafetensorsFile.Write(_folder.File("a"), [new("w", [50, 100], values)]);
        Assert.Equal(values, SafetensorsFile.Read(_folder.File("a")).Tensors[0].Values.ToArray());
    }

    [Theory]
    [InlineData("""[]""", "offset 8: expected an object")]
    [InlineData("""{"a":1}""", "expected an object")]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", "dtype F16 is not supported")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", "dtype F8 is unknown")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "do not span")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "not negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "not negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}""", "do not span")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296],"data_offsets":[0,8]}}""", "a size is above")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,3],"data_offsets":[0,8]}}""", "a size is above")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "with two numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "needs dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'dtype' is unknown or appears twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":0}}""", "'x' is unknown")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "not at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "the tensors take 4 bytes, the file has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "the tensors take 16 bytes, the file has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "tensor 'b': starts at byte 0 of the data, not at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a' appears twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", "expected a text")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "'k' appears twice")]
    [InlineData("""{"__metadata__":{"\ud800":"1"}}""", "not valid Unicode")]
    [InlineData("""{"a":""", "not valid JSON")]
    [InlineData("""{} x""", "not valid JSON")]
    [InlineData("""{"a":[[[[[1]]]]]}""", "expected an object")]
    public void A_wrong_header_is_named(string header, string problem)
    {
        string path = _folder.File("a.safetensors", Container(header, new byte[8]));
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => SafetensorsFile.Read(path));
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80, 0x7B, 0x7D })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void A_wrong_prefix_is_named(byte[] content)
    {
        string path = _folder.File("a.safetensors", content);
        Assert.StartsWith(path, Assert.Throws<StorageFormatException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_must_fit_its_shape_and_its_file()
    {
        Assert.Throws<ArgumentException>(static () => new SafetensorsTensor("a", [3], new float[2]));
        Assert.Throws<ArgumentException>(static () => new SafetensorsTensor("a", [-1], new float[2]));
        Assert.Throws<ArgumentException>(static () => new SafetensorsTensor("__metadata__", [2], new float[2]));

        var tensor = new SafetensorsTensor("a", [2], new float[2]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(_folder.File("a"), [tensor, tensor]));
        Assert.ThrowsAny<ArgumentException>(() => SafetensorsFile.Write(_folder.File("a"), [tensor], new Dictionary<string, string> { ["\ud800"] = "" }));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private static byte[] Container(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        return [.. prefix, .. json, .. data];
    }
}
