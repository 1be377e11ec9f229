using NativeNet.Data;
using NativeNet.Tests.Storage;
using static NativeNet.Tests.Data.IdxFiles;

namespace NativeNet.Tests.Data;

/// <summary>Files of a megabyte and more.</summary>
public sealed class LargeIdxFileTests : IDisposable
{
    private const int Rows = 1300, Columns = 29;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _pixels = new byte[Rows * Columns * Columns];
    private readonly byte[] _labels = new byte[Rows];

    public LargeIdxFileTests()
    {
        var random = new Random(1);
        random.NextBytes(_pixels);
        foreach (ref byte label in _labels.AsSpan())
            label = (byte)random.Next(10);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_large_file_gives_the_samples_of_its_compressed_twin()
    {
        byte[] images = Idx([Rows, Columns, Columns], _pixels);
        string labels = _folder.File("labels", Idx([Rows], _labels));
        DataSet plain = IdxDataSet.Load(_folder.File("plain", images), labels, 10);
        DataSet packed = IdxDataSet.Load(_folder.File("packed", Gzip(images)), labels, 10);
        Assert.Equal(packed.ComputeFingerprint(), plain.ComputeFingerprint());
    }

    [Fact]
    public void A_file_that_is_cut_short_while_it_is_in_use_changes_nothing()
    {
        string images = _folder.File("images", Idx([Rows, Columns, Columns], _pixels));
        DataSet data = IdxDataSet.Load(images, _folder.File("labels", Idx([Rows], _labels)), 10);
        string contents = data.ComputeFingerprint();

        using (FileStream file = File.OpenWrite(images))
            file.SetLength(0);
        Assert.Equal(contents, data.ComputeFingerprint());
    }

    [Fact]
    public void A_large_file_with_more_than_its_header_promises_is_refused()
    {
        string path = _folder.File("a", Idx([Rows, Columns, Columns - 1], _pixels));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => IdxDataSet.Load(path, path, 10));
        Assert.Contains("more than the", exception.Message, StringComparison.Ordinal);
    }
}
