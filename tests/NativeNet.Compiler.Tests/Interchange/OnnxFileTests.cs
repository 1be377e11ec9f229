extern alias runner;

using System.Globalization;
using NativeNet.Storage;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using runner::NativeNet.Program.Interchange.Onnx;
using static NativeNet.Compiler.Tests.Interchange.OnnxGraphs;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Files that are no ONNX, or damaged, or written by somebody who wants more than a network.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A million: <c>NATIVENET_FILES=1000000 dotnet test --project tests/NativeNet.Compiler.Tests -c Release --filter-class '*.OnnxFileTests'</c>.</summary>
    [Theory]
    [InlineData("image")]
    [InlineData("parts")]
    [InlineData("signal")]
    public void Damaged_files_are_read_or_refused_with_one_exception_and_little_memory(string form)
    {
        byte[] file = form switch
        {
            "image" => Small(),
            "parts" => Parts(),
            _ => Signal(),
        };
        (int read, int refused) = Mutation.ReadDamaged<StorageFormatException>(file, Series.Files, static path => OnnxImport.Read(path));
        Assert.True(read > Series.Files / 50 && refused > Series.Files / 2, $"{read} read, {refused} refused");
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_wherever_it_does()
    {
        byte[] file = Small();
        int whole = 0;
        for (int length = 0; length < file.Length; length++)
        {
            string path = _folder.File("short.onnx", file[..length]);
            try
            {
                OnnxImport.Read(path);
                whole++;
            }
            catch (StorageFormatException exception)
            {
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
            }
        }

        // The version of the operators stands behind everything else; without it they are those of version 1.
        Assert.Equal(1, whole);
    }

    [Theory]
    [InlineData("", "has no graph; it is not an ONNX file")]
    [InlineData("0801", "has no graph; it is not an ONNX file")]
    [InlineData("0801 3affffffffffffffffff01", "bytes are announced and ")]
    [InlineData("0801 3a80ffffffff7f", "bytes are announced and ")]
    [InlineData("0801 ffffffffffffffffffffff", "an integer has no end")]
    [InlineData("0801 3b", "a field is of a kind that the format does not have")]
    [InlineData("0801 00", "a field has no valid number")]
    [InlineData("0a01 00", "field 1 is of another kind than ONNX has it")]
    [InlineData("0801 3a04 5a02 0a00", "the graph has the outputs ")]
    public void Bytes_that_are_no_ONNX_are_told_with_their_place(string bytes, string problem)
    {
        string path = _folder.File("x.onnx", Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Contains(problem, Assert.Throws<StorageFormatException>(() => OnnxImport.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2147483592)]
    [InlineData(2147483648)]
    public void A_file_of_more_bytes_than_an_array_may_have_is_not_read(long length)
    {
        string path = _folder.File("huge.onnx", []);
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith($"{path}: has {length} bytes; an ONNX file may have 2147483591", Assert.Throws<StorageFormatException>(() => OnnxImport.Read(path)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Graphs inside of graphs are not followed: a hundred thousand of them are one attribute that nobody reads.</summary>
    [Fact]
    public void Deep_graphs_take_no_stack()
    {
        var inner = new ProtoWriter();
        inner.Text(2, "innermost");
        for (int depth = 0; depth < 1000; depth++)
        {
            var attribute = new ProtoWriter();
            attribute.Text(1, "body");
            attribute.Message(6, inner);
            var node = new ProtoWriter();
            node.Text(2, "y");
            node.Text(4, "Loop");
            node.Message(5, attribute);
            inner = new ProtoWriter();
            inner.Message(1, node);
        }

        var value = new ProtoWriter();
        value.Text(1, "y");
        inner.Message(12, value);
        var file = new ProtoWriter();
        file.Integer(1, 8);
        file.Message(7, inner);
        string path = _folder.File("deep.onnx", file.Written.ToArray());
        Assert.Throws<StorageFormatException>(() => OnnxImport.Read(path));
    }

    [Theory]
    [InlineData("../secret", "leaves the folder")]
    [InlineData("/etc/passwd", "leaves the folder")]
    [InlineData("a/../../secret", "leaves the folder")]
    [InlineData("..\\secret", "leaves the folder")]
    [InlineData("link", "is a link")]
    [InlineData("", "is a folder")]
    [InlineData("short", "its shape takes 80")]
    public void Tensors_outside_of_the_folder_are_not_read(string location, string problem)
    {
        Directory.CreateDirectory(_folder.File("models"));
        _folder.File("secret", new byte[80]);
        _folder.File("models/short", new byte[79]);
        File.CreateSymbolicLink(_folder.File("models/link"), _folder.File("secret"));
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => OnnxImport.Read(WithExternal(location)));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_beside_the_file_are_read()
    {
        Directory.CreateDirectory(_folder.File("models/parts"));
        byte[] bytes = new byte[16 + 80];
        BitConverter.TryWriteBytes(bytes.AsSpan(16), 0.5f);
        _folder.File("models/parts/w", bytes);
        Assert.Equal(0.5f, OnnxImport.Read(WithExternal("parts/w", offset: 16)).Parameters[0]);
    }

    /// <summary>Small files that say of themselves that they are large.</summary>
    [Theory]
    [InlineData("input")]
    [InlineData("initializer")]
    [InlineData("constant")]
    [InlineData("broadcast")]
    [InlineData("expand")]
    [InlineData("resize")]
    public void A_small_file_takes_little_memory(string part)
    {
        OnnxModel model = part switch
        {
            "input" => Of([1, 3, 60000, 60000], [Node("Add", "y", ["x", "c"])], [Tensor("c", 3, 1, 1)]),
            "initializer" => Of([1, 5], [Node("MatMul", "y", ["x", "w"])], [new OnnxTensor("", "w", [5, 100_000_000], OnnxElementType.Float, new byte[4], [], null)]),
            "constant" => Of([1, 5], [Node("ConstantOfShape", "w", ["s"]), Node("MatMul", "y", ["x", "w"])], [OnnxWriter.Integers("s", 5, 10_000_000)]),
            "expand" => Of([1, 5], [Node("Expand", "w", ["a", "s"]), Node("MatMul", "y", ["x", "w"])], [Tensor("a", 5, 1), OnnxWriter.Integers("s", 5, 10_000_000)]),
            "resize" => Of([1, 1, 256, 256], [Node("Resize", "u", ["x", "", "z"]), Node("Resize", "y", ["u", "", "z"])], [OnnxWriter.Floats("z", [4], [1, 1, 256, 256])]),
            _ => Of([1, 5], [Node("Add", "w", ["a", "b"]), Node("MatMul", "y", ["x", "w"])], [Tensor("a", 5000, 1), Tensor("b", 1, 5000)]),
        };
        string path = _folder.File("large.onnx", OnnxWriter.Write(model, "g", "0").ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StorageFormatException>(() => OnnxImport.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Small()
    {
        OnnxNode[] nodes =
        [
            Node("Conv", "c", ["x", "k"], OnnxAttribute.Of("pads", 1L, 1, 1, 1)), Node("Relu", "r", ["c"]), Node("MaxPool", "p", ["r"], OnnxAttribute.Of("kernel_shape", 2L, 2), OnnxAttribute.Of("strides", 2L, 2)),
            Node("Reshape", "f", ["p", "s"]), Node("Gemm", "y", ["f", "w", "b"], OnnxAttribute.Of("transB", 1L)),
        ];
        return OnnxWriter.Write(Of([1, 1, 4, 4], nodes, [Tensor("k", 2, 1, 3, 3), Tensor("w", 3, 8), Tensor("b", 3), OnnxWriter.Integers("s", 1, -1)]), "g", "0").ToArray();
    }

    private static byte[] Parts()
    {
        OnnxNode[] nodes =
        [
            Node("Sub", "n", ["x", "m"]), Node("Div", "d", ["n", "m"]), Node("Conv", "c", ["d", "k"], OnnxAttribute.Of("pads", 1L, 0, 0, 0)), Node("Resize", "u", ["c", "", "z"]),
            Node("Slice", "e", ["u", "a", "b", "g"]), new OnnxNode("", "Split", "", ["e"], ["l", "q"], [OnnxAttribute.Of("axis", 1L)]), Node("Softmax", "o", ["l"], OnnxAttribute.Of("axis", 1L)),
            Node("Mul", "v", ["o", "q"]), Node("ReduceMean", "y", ["v"], OnnxAttribute.Of("axes", 2L, 3)),
        ];
        OnnxTensor[] tensors =
        [
            Tensor("m", 1, 1, 1), Tensor("k", 2, 1, 2, 1), OnnxWriter.Floats("z", [4], [1, 1, 2, 2]), OnnxWriter.Integers("a", 1), OnnxWriter.Integers("b", -1), OnnxWriter.Integers("g", 2),
        ];
        return OnnxWriter.Write(Of([1, 1, 3, 3], nodes, tensors), "g", "0").ToArray();
    }

    private static byte[] Signal()
    {
        OnnxNode[] nodes =
        [
            new("", "GRU", "", ["x", "w", "r"], ["a"], [OnnxAttribute.Of("linear_before_reset", 1L)]), Node("Squeeze", "s", ["a", "one"]), Node("Gather", "g", ["s", "last"], OnnxAttribute.Of("axis", 0L)),
            Node("Selu", "y", ["g"]),
        ];
        OnnxTensor last = OnnxWriter.Integers("last", -1) with { Dimensions = [] };
        return OnnxWriter.Write(Of([3, 1, 2], nodes, [Tensor("w", 1, 6, 2), Tensor("r", 1, 6, 2), OnnxWriter.Integers("one", 1), last]), "g", "0").ToArray();
    }

    private string WithExternal(string location, int offset = 0)
    {
        ProtoWriter Entry(string key, string value)
        {
            var entry = new ProtoWriter();
            entry.Text(1, key);
            entry.Text(2, value);
            return entry;
        }

        var tensor = new ProtoWriter();
        tensor.Integer(1, 5);
        tensor.Integer(1, 4);
        tensor.Integer(2, 1);
        tensor.Text(8, "w");
        tensor.Message(13, Entry("location", location));
        tensor.Message(13, Entry("offset", offset.ToString(CultureInfo.InvariantCulture)));
        tensor.Integer(14, 1);

        // The graph of a whole file with one more tensor: fields of a message may stand in parts.
        byte[] file = OnnxWriter.Write(Of([1, 5], [Node("MatMul", "y", ["x", "w"])], []), "g", "0").ToArray();
        var model = new ProtoReader("", file);
        var graph = new List<byte>();
        while (model.MoveNext())
        {
            if (model.Field == 7)
                graph.AddRange(model.Bytes().ToArray());
        }

        var more = new ProtoWriter();
        more.Message(5, tensor);
        graph.AddRange(more.Written.ToArray());
        var whole = new ProtoWriter();
        whole.Integer(1, 8);
        whole.Bytes(7, [.. graph]);
        return _folder.File("models/m.onnx", whole.Written.ToArray());
    }
}
