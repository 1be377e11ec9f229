using NativeNet.Data;
using NativeNet.Tests.Storage;
using static NativeNet.Tests.Data.IdxFiles;

namespace NativeNet.Tests.Data;

/// <summary>Files large enough to be mapped give what smaller or compressed ones would.</summary>
public sealed class MappedFileTests : IDisposable
{
    private const int Rows = 1300, Columns = 29;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _pixels = new byte[Rows * Columns * Columns];
    private readonly byte[] _labels = new byte[Rows];

    public MappedFileTests()
    {
        var random = new Random(1);
        random.NextBytes(_pixels);
        foreach (ref byte label in _labels.AsSpan())
            label = (byte)random.Next(10);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_large_file_gives_the_samples_of_its_compressed_twin_without_a_copy()
    {
        byte[] images = Idx([Rows, Columns, Columns], _pixels);
        string labels = _folder.File("labels", Idx([Rows], _labels)), plain = _folder.File("plain", images);

        long before = GC.GetAllocatedBytesForCurrentThread();
        DataSet mapped = IdxDataSet.Load(plain, labels, 10);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, images.Length / 4);

        DataSet copied = IdxDataSet.Load(_folder.File("packed", Gzip(images)), labels, 10);
        Assert.Equal(copied.ComputeFingerprint(), mapped.ComputeFingerprint());

        int[] order = [Rows - 1, 0, 7, 7, Rows / 2];
        Assert.Equal(Gather(copied, order), Gather(mapped, order));
        Assert.Equal(Gather(copied, order), Gather(mapped.Select(order), [0, 1, 2, 3, 4]));
    }

    [Fact]
    public void A_large_file_with_more_than_its_header_promises_is_refused()
    {
        string path = _folder.File("a", Idx([Rows, Columns, Columns - 1], _pixels));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => IdxDataSet.Load(path, path, 10));
        Assert.Contains("more than the", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Gather(DataSet data, int[] indices)
    {
        var inputs = new float[indices.Length * data.InputLength];
        data.CopyInputs(indices, inputs);
        return inputs;
    }
}
