using System.Runtime.InteropServices;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Tests.Storage;

public sealed class ParameterFileTests : IDisposable
{
    private static readonly TensorTable Table = TableOf(3, 5, 33, 2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Row_major_order_is_units_by_inputs_and_then_the_biases()
    {
        TensorTable table = TableOf(2, 3);
        float[] packed = new float[table.Length];
        ParameterPacking.Pack(table, [11, 12, 21, 22, 31, 32, 1, 2, 3], packed);

        TensorSlot weights = table.Slots[0], biases = table.Slots[1];
        for (int n = 0; n < 3; n++)
        {
            for (int k = 0; k < 2; k++)
                Assert.Equal((10 * (n + 1)) + k + 1, packed[weights.Offset + weights.Matrix.IndexOf(k, n)]);
            Assert.Equal(n + 1, packed[biases.Offset + n]);
        }
    }

    [Fact]
    public void Values_of_another_network_are_not_read()
    {
        // 400 MB without content, behind the header of one tensor.
        byte[] header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[100000000],\"data_offsets\":[0,400000000]}}"u8.ToArray();
        string path = _folder.File("a", [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header]);
        using (var file = new FileStream(path, FileMode.Open))
            file.SetLength(file.Length + 400_000_000);

        float[] packed = new float[Table.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StorageFormatException>(() => ParameterFile.Load(path, Table, packed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Packing_and_unpacking_keep_every_parameter_and_zero_the_padding()
    {
        float[] rowMajor = [.. Enumerable.Range(1, Table.ParameterCount).Select(static i => (float)i)];
        float[] packed = new float[Table.Length];
        packed.AsSpan().Fill(float.NaN);
        ParameterPacking.Pack(Table, rowMajor, packed);
        Assert.Equal(Table.Length - Table.ParameterCount, packed.Count(static value => value == 0));

        float[] back = new float[Table.ParameterCount];
        ParameterPacking.Unpack(Table, packed, back);
        Assert.Equal(rowMajor, back);
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => ParameterPacking.Pack(Table, new float[Table.ParameterCount], new float[Table.Length + 1]));
        Assert.Throws<ArgumentException>(static () => ParameterPacking.Unpack(Table, new float[Table.Length], new float[Table.ParameterCount - 1]));
    }

    [Fact]
    public void The_hash_is_over_the_row_major_floats_and_ignores_padding()
    {
        float[] packed = Sample();
        float[] rowMajor = new float[Table.ParameterCount];
        ParameterPacking.Unpack(Table, packed, rowMajor);
        string expected = Sha256.HexOf([.. rowMajor.SelectMany(BitConverter.GetBytes)]);
        Assert.Equal(expected, ParameterHash.Sha256(Table, packed));

        int padding = Table.Slots[1].Offset + Table.Slots[1].Matrix.Columns;
        packed[padding] = 9;
        Assert.Equal(expected, ParameterHash.Sha256(Table, packed));
        packed[0] += 1;
        Assert.NotEqual(expected, ParameterHash.Sha256(Table, packed));
    }

    [Fact]
    public void What_was_saved_is_loaded_bit_for_bit_with_its_metadata()
    {
        float[] packed = Sample();
        packed[0] = float.NegativeInfinity;
        packed[1] = float.NaN;
        ParameterFile.Save(_folder.File("p"), Table, packed, new Dictionary<string, string> { ["epochs"] = "3" });

        float[] loaded = new float[Table.Length];
        loaded.AsSpan().Fill(5f);
        IReadOnlyDictionary<string, string> metadata = ParameterFile.Load(_folder.File("p"), Table, loaded);
        Assert.Equal(MemoryMarshal.AsBytes(packed.AsSpan()), MemoryMarshal.AsBytes(loaded.AsSpan()));
        Assert.Equal("3", metadata["epochs"]);
    }

    [Fact]
    public void Tensors_have_the_names_and_shapes_of_a_linear_layer()
    {
        ParameterFile.Save(_folder.File("p"), TableOf(3, 5, 2), new float[TableOf(3, 5, 2).Length]);
        Assert.Equal(
            ["layers.0.weight 5,3", "layers.0.bias 5", "layers.1.weight 2,5", "layers.1.bias 2"],
            SafetensorsFile.Read(_folder.File("p")).Tensors.Select(static t => $"{t.Name} {string.Join(',', t.Shape)}"));
    }

    [Theory]
    [InlineData("3 5 33", "has no tensor 'layers.2.weight'")]
    [InlineData("3 5 33 2 7", "tensor 'layers.3.bias' is not in the network")]
    [InlineData("3 6 33 2", "tensor 'layers.0.weight' is [6, 3], the network's is [5, 3]")]
    [InlineData("3 5 33 3", "tensor 'layers.2.weight' is [3, 33], the network's is [2, 33]")]
    public void Another_networks_file_is_named_and_the_destination_untouched(string sizes, string problem)
    {
        TensorTable other = TableOf([.. sizes.Split(' ').Select(static size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))]);
        ParameterFile.Save(_folder.File("p"), other, new float[other.Length]);

        float[] packed = Sample();
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => ParameterFile.Load(_folder.File("p"), Table, packed));
        Assert.StartsWith(_folder.File("p"), exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Equal(Sample(), packed);
    }

    [Fact]
    public void Files_say_in_which_order_their_elements_lie()
    {
        ParameterFile.Save(_folder.File("p"), Table, Sample(), new Dictionary<string, string> { ["a"] = "b" });
        Assert.Equal("1", SafetensorsFile.Read(_folder.File("p")).Metadata["nativenet.layout"]);

        SafetensorsFile file = SafetensorsFile.Read(_folder.File("p"));
        SafetensorsFile.Write(_folder.File("p"), file.Tensors, new Dictionary<string, string> { ["nativenet.layout"] = "2" });
        foreach (ParameterOrder order in Enum.GetValues<ParameterOrder>())
        {
            StorageFormatException exception = Assert.Throws<StorageFormatException>(() => ParameterFile.Load(_folder.File("p"), Table, Sample(), order));
            Assert.EndsWith("nativenet.layout is 2; this version reads 1", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_does_not_say_its_order_loads_where_shapes_tell_or_its_reader_says()
    {
        float[] packed = Sample(), loaded = new float[Table.Length];
        ParameterFile.Save(_folder.File("p"), Table, packed);
        SafetensorsFile.Write(_folder.File("p"), SafetensorsFile.Read(_folder.File("p")).Tensors);

        ParameterFile.Load(_folder.File("p"), Table, loaded);
        Assert.Equal(packed, loaded);

        TensorTable ambiguous = Table with { NeedsLayout = true };
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => ParameterFile.Load(_folder.File("p"), ambiguous, new float[Table.Length]));
        Assert.Contains("import pytorch", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--layout nativenet", exception.Message, StringComparison.Ordinal);

        exception = Assert.Throws<StorageFormatException>(() => ParameterFile.Load(File.ReadAllBytes(_folder.File("p")), ambiguous, new float[Table.Length]));
        Assert.StartsWith("the content: does not say in which order", exception.Message, StringComparison.Ordinal);

        loaded = new float[Table.Length];
        ParameterFile.Load(_folder.File("p"), ambiguous, loaded, ParameterOrder.NativeNet);
        Assert.Equal(packed, loaded);
    }

    private static float[] Sample()
    {
        float[] packed = new float[Table.Length];
        ParameterPacking.Pack(Table, [.. Enumerable.Range(0, Table.ParameterCount).Select(static i => MathF.Sqrt(i) - 3)], packed);
        return packed;
    }

    /// <summary>Dense layers in panels of 32, every tensor on a line of 16 floats.</summary>
    private static TensorTable TableOf(params int[] sizes)
    {
        var slots = new List<TensorSlot>();
        int length = 0, count = 0;
        for (int i = 0; i + 1 < sizes.Length; i++)
        {
            Add(i, "weight", sizes[i + 1], sizes[i]);
            Add(i, "bias", sizes[i + 1]);
        }

        return new TensorTable(new([.. slots]), length, length, count);

        void Add(int layer, string name, params int[] shape)
        {
            var slot = new TensorSlot(layer, TensorSlot.NameOf(layer, name), new([.. shape]), length, PanelWidth: 32);
            slots.Add(slot);
            length += (slot.Matrix.Length + 15) / 16 * 16;
            count += slot.Count;
        }
    }
}
