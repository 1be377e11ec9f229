using System.Text;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Data;

/// <summary>Images by class, and the files they come in.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private const int Width = 9, Height = 7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void Every_kind_of_png_has_its_pixels(int type, int depth)
    {
        (int stored, int channels) = type switch { 2 => (3, 3), 3 => (1, 3), 4 => (2, 1), 6 => (4, 3), _ => (1, 1) };
        int[] samples = [.. Enumerable.Range(0, Width * Height * stored).Select(i => (int)((uint)(i * i * 40503) >> 3) & ((1 << depth) - 1))];
        byte[] palette = [.. Enumerable.Range(0, 3 << depth).Select(static i => (byte)(i * 7))];
        ImagePixels image = ImageFile.Read(_folder.File("a.png", PngFile.Encode(type, depth, Width, samples, type == 3 ? palette : null)));

        byte[] expected = type == 3
            ? [.. samples.SelectMany(index => palette[(3 * index)..((3 * index) + 3)])]
            : [.. samples.Chunk(stored).SelectMany(pixel => pixel[..channels]).Select(sample => depth == 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << depth) - 1)))];
        Assert.Equal((Height, Width, channels), (image.Height, image.Width, image.Channels));
        Assert.Equal(expected, image.Pixels);
    }

    [Theory]
    [InlineData("P2\n# grey\n3 2 # size\n255\n0 1 2\n253 254 255\n", 1, "0 1 2 253 254 255")]
    [InlineData("P5 3 2 255\nabcdef", 1, "97 98 99 100 101 102")]
    [InlineData("P2 3 2 3 0 1 2 3 2 1", 1, "0 85 170 255 170 85")]
    [InlineData("P6\n1 2\n255\nabcdef", 3, "97 98 99 100 101 102")]
    [InlineData("P3 1 2 255 1 2 3 4 5 6", 3, "1 2 3 4 5 6")]
    public void Maps_of_Netpbm_have_their_pixels(string text, int channels, string pixels)
    {
        ImagePixels image = ImageFile.Read(_folder.File("a.pgm", Encoding.ASCII.GetBytes(text)));
        Assert.Equal(channels, image.Channels);
        Assert.Equal(pixels, string.Join(' ', image.Pixels));
    }

    [Theory]
    [InlineData("P2 3 2 255 0 1 2", "is cut short")]
    [InlineData("P2 3 2 255 0 1 2 3 4 x", "has no number up to 255 at offset 21")]
    [InlineData("P2 1 1 255 256", "has no number up to 255 at offset 11")]
    [InlineData("P5 3 2 255\nabc", "is cut short")]
    [InlineData("P5 0 2 255\nabc", "has no pixels")]
    [InlineData("P5 65536 65536 255\nabc", "has no pixels, or more than there is room for")]
    [InlineData("P5 1 1 1000\nab", "has more than 8 bits a pixel")]
    [InlineData("P4 1 1\nab", "is no PNG, PGM or PPM")]
    public void Damaged_maps_are_refused(string text, string problem)
        => Assert.Contains(problem, Failure(Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_png_with_a_byte_changed_or_its_end_cut_off_is_refused()
    {
        byte[] file = PngFile.Encode(2, 8, 3, [.. Enumerable.Range(0, 36)]);
        Assert.Contains("interlaced", Failure(PngFile.Encode(0, 8, 2, [1, 2], interlace: 1)), StringComparison.Ordinal);
        Assert.Contains("palette", Failure(PngFile.Encode(3, 8, 2, [1, 2], [1, 2, 3])), StringComparison.Ordinal);
        for (int i = 8; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= 0x41;
            Failure(changed);
            Failure(file[..i]);
        }
    }

    [Fact]
    public void Folders_are_classes_by_name_or_by_their_order()
    {
        Put("pear", "b.png", 20);
        Put("pear", "a.png", 10);
        Put("apple", "x.pgm", 30);
        DataSet data = ImageFolder.Load(_folder.Path, Shape.Of(1, 2, 1));
        Assert.Equal((3, 2), (data.Count, data.ClassCount));
        Assert.Equal([0, 1, 1], data.Labels);
        Assert.Equal([30f / 255f, 31f / 255f, 10f / 255f, 11f / 255f, 20f / 255f, 21f / 255f], AllInputs.Of(data).Select(static value => MathF.Round(value * 255f) / 255f));
        Assert.Equal([1, 2, 2], ImageFolder.Load(_folder.Path, Shape.Of(1, 2, 1), ["quince", "apple", "pear"]).Labels);

        Assert.Contains("pear: is not a class; did you mean 'pears'?", Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder.Path, Shape.Of(1, 2, 1), ["apple", "pears"])).Message, StringComparison.Ordinal);
        Assert.Contains("is an image of 1×2×1 (rows, columns, channels); the network takes 2×2×1", Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder.Path, Shape.Of(2, 2, 1))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "plum"));
        Assert.Contains("holds no image", Assert.Throws<DataFormatException>(() => ImageFolder.Load(_folder.Path, Shape.Of(1, 2, 1))).Message, StringComparison.Ordinal);
    }

    private void Put(string folder, string name, int pixel)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, folder));
        File.WriteAllBytes(
            Path.Combine(_folder.Path, folder, name),
            name.EndsWith("png", StringComparison.Ordinal) ? PngFile.Encode(0, 8, 2, [pixel, pixel + 1]) : Encoding.ASCII.GetBytes(FormattableString.Invariant($"P2 2 1 255 {pixel} {pixel + 1}")));
    }

    private string Failure(byte[] file) => Assert.Throws<DataFormatException>(() => ImageFile.Read(_folder.File("damaged", file))).Message;
}
