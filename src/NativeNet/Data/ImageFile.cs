using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Data;

/// <summary>An image in memory: bytes (height, width, channels), row-major.</summary>
/// <param name="Height">The rows.</param>
/// <param name="Width">The columns.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">(Height, Width, Channels), from 0 to 255.</param>
internal sealed record ImagePixels(int Height, int Width, int Channels, byte[] Pixels);

/// <summary>Reads images: PNG, and the maps of Netpbm in grey and colour, PGM and PPM.</summary>
internal static class ImageFile
{
    /// <summary>64 megapixels of three channels: more is no sample of a network here.</summary>
    public const int MaxPixels = 3 << 26;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file has a name that images have.</summary>
    /// <param name="path">The file.</param>
    public static bool HasImageName(string path)
        => Path.GetExtension(path).ToUpperInvariant() is ".PNG" or ".PGM" or ".PPM" or ".PNM";

    /// <summary>Reads an image of any size.</summary>
    /// <param name="path">The file; its first bytes say what it is.</param>
    /// <exception cref="DataFormatException">It is no such image, or damaged.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ImagePixels Read(string path)
    {
        using FileStream file = InputFile.Open(path, static problem => new DataFormatException(problem));
        if (file.Length > MaxPixels)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: has more than {MaxPixels} bytes; an image for a network is smaller"));

        byte[] bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> content = bytes.AsSpan(0, length);
        return content.StartsWith(PngSignature) ? PngImage.Read(bytes, PngSignature.Length, length, path)
            : content is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..] ? NetpbmImage.Read(content, path)
            : throw new DataFormatException($"{path}: is no PNG, PGM or PPM; save it as one of them");
    }

    /// <summary>Demands the size of a network's input.</summary>
    /// <param name="image">The image.</param>
    /// <param name="shape">The input: (height, width, channels).</param>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">The image has another size or other channels.</exception>
    public static void Require(ImagePixels image, Description.Shape shape, string path)
    {
        if (shape.Rank != 3 || (image.Height, image.Width, image.Channels) != (shape.Dimensions[0], shape.Dimensions[1], shape.Dimensions[2]))
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: is an image of {image.Height}×{image.Width}×{image.Channels} (rows, columns, channels); the network takes {shape}; save it in that size"));
        }
    }
}
