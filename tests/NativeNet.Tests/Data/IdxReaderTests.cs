using NativeNet.Data;
using NativeNet.Tests.Storage;
using static NativeNet.Tests.Data.IdxFiles;

namespace NativeNet.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dimensions_and_elements_are_read(bool compressed)
    {
        byte[] content = Idx([2, 1, 3], 1, 2, 3, 4, 5, 255);
        var array = IdxReader.Read(_folder.File("a", compressed ? Gzip(content) : content));
        Assert.Equal([2, 1, 3], array.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 255], array.Elements);
    }

    [Fact]
    public void A_compressed_file_larger_than_the_first_buffer_is_read()
    {
        byte[] elements = new byte[300_000];
        new Random(1).NextBytes(elements);
        Assert.Equal(elements, IdxReader.Read(_folder.File("a", Gzip(Idx([300, 1000], elements)))).Elements);
    }

    public static TheoryData<byte[], string> Wrong => new()
    {
        { [], "is not an IDX file" },
        { [0, 0, 8], "is not an IDX file" },
        { [0, 1, 8, 1, 0, 0, 0, 1, 7], "is not an IDX file" },
        { [0, 0, 0x0D, 1, 0, 0, 0, 1, 7], "offset 2: element type 0x0D" },
        { [0, 0, 8, 0], "offset 3: 0 dimensions" },
        { [0, 0, 8, 5, 0, 0, 0, 1], "offset 3: 5 dimensions" },
        { [0, 0, 8, 2, 0, 0, 0, 1], "ends inside its header" },
        { Idx([3, 0], 1, 2, 3), "offset 8: dimension 1 is 0" },
        { Idx([0x80000000], 1), "offset 4: dimension 0 is 2147483648" },
        { Idx([0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF], 1), "2147483647 × 2147483647" },
        { Idx([0x10000, 0x10000], 1), "it holds at most 1" },
        { Idx([4], 1, 2, 3), "it holds at most 3" },
        { Idx([3], 1, 2, 3, 4), "more than the 3 elements" },
        { Gzip(Idx([4], 1, 2, 3)), "ends 1 bytes early" },
        { Gzip(Idx([3], 1, 2, 3, 4)), "more than the 3 elements" },
        { Gzip(Idx([1_000_000_000], 1)), "it holds at most" },
        { [0x1F, 0x8B, 1, 2, 3, 4], "the gzip data is damaged or cut short" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_named(byte[] content, string problem)
    {
        string path = _folder.File("a", content);
        DataFormatException exception = Assert.Throws<DataFormatException>(() => IdxReader.Read(path));
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checksum_is_found()
    {
        byte[] content = Gzip(Idx([3], 1, 2, 3));
        content[^8] ^= 1;
        Assert.Contains("damaged", Assert.Throws<DataFormatException>(() => IdxReader.Read(_folder.File("a", content))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_without_its_end_is_refused_wherever_it_ends()
    {
        byte[] elements = new byte[500];
        new Random(1).NextBytes(elements);
        byte[] content = Gzip(Idx([500], elements));
        for (int length = 2; length < content.Length; length++)
        {
            string path = _folder.File("a", content[..length]);
            Assert.Throws<DataFormatException>(() => IdxReader.Read(path));
        }

        string withoutTrailer = _folder.File("a", content[..^8]);
        Assert.Contains("the gzip data is damaged or cut short", Assert.Throws<DataFormatException>(() => IdxReader.Read(withoutTrailer)).Message, StringComparison.Ordinal);

        // A byte of what is stored, and no checksum to tell.
        content[100] ^= 1;
        Assert.Throws<DataFormatException>(() => IdxReader.Read(_folder.File("a", content[..^8])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(300)]
    public void A_compressed_file_of_several_members_is_read(int first)
    {
        byte[] elements = new byte[100_000];
        new Random(1).NextBytes(elements);
        byte[] content = Idx([100_000], elements);
        string path = _folder.File("a", [.. Gzip(content[..first]), .. Gzip(content[first..50_000]), .. Gzip([]), .. Gzip(content[50_000..])]);
        Assert.Equal(elements, IdxReader.Read(path).Elements);
    }

    [Fact]
    public void A_small_file_that_unfolds_gets_no_more_than_its_header_promises()
    {
        // 16 MB of zeros in 16 KB, behind a header that asks for three bytes.
        string path = _folder.File("a", Gzip([.. Idx([3]), .. new byte[1 << 24]]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => IdxReader.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void A_promise_is_not_paid_for_before_it_is_kept()
    {
        // The file could hold 2 MB by its length, and asks for them, but delivers a few bytes.
        byte[] noise = new byte[3000];
        new Random(1).NextBytes(noise);
        string path = _folder.File("a", Gzip(Idx([2_000_000], noise)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFormatException>(() => IdxReader.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_named()
        => Assert.Contains("is a folder", Assert.Throws<DataFormatException>(() => IdxReader.Read(_folder.Path)).Message, StringComparison.Ordinal);
}
