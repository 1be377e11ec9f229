using System.Globalization;
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

    [Fact]
    public void Released_pages_leave_memory_and_come_again()
    {
        string images = _folder.File("images", Idx([Rows, Columns, Columns], _pixels));
        DataSet data = IdxDataSet.Load(images, _folder.File("labels", Idx([Rows], _labels)), 10);
        string contents = data.ComputeFingerprint();
        if (OperatingSystem.IsLinux())
            Assert.InRange(KilobytesInMemory(images), _pixels.Length / 1024, int.MaxValue);

        data.ReleasePages();
        if (OperatingSystem.IsLinux())
            Assert.Equal(0, KilobytesInMemory(images));
        Assert.Equal(contents, data.ComputeFingerprint());
    }

    [Fact]
    public void Samples_that_are_not_mapped_stay()
    {
        byte[] images = Gzip(Idx([Rows, Columns, Columns], _pixels));
        DataSet data = IdxDataSet.Load(_folder.File("packed", images), _folder.File("labels", Idx([Rows], _labels)), 10);
        string contents = data.ComputeFingerprint();
        data.ReleasePages();
        Assert.Equal(contents, data.ComputeFingerprint());
    }

    /// <summary>How much of a mapped file this process has in memory, as Linux tells it.</summary>
    private static int KilobytesInMemory(string path)
        => File.ReadLines("/proc/self/smaps")
            .SkipWhile(line => !line.EndsWith(path, StringComparison.Ordinal))
            .Where(static line => line.StartsWith("Rss:", StringComparison.Ordinal))
            .Select(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
            .First();

    private static float[] Gather(DataSet data, int[] indices)
    {
        var inputs = new float[indices.Length * data.InputLength];
        data.CopyInputs(indices, inputs);
        return inputs;
    }
}
