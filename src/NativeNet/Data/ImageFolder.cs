using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Description.Syntax;

namespace NativeNet.Data;

/// <summary>A folder with a folder of images for each class: PNG, PGM or PPM of one size.</summary>
public static class ImageFolder
{
    /// <summary>The factor on bytes.</summary>
    internal const float Scale = 1f / 255f;

    /// <summary>Reads all images; pixels become byte · (1/255).</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="inputShape">The size of every image: (height, width, channels), with 1 or 3 channels.</param>
    /// <param name="classes">
    /// The names of the classes, in the order of their numbers, which the folders have too; null to number the folders in
    /// the order of their names' code points.
    /// </param>
    /// <returns>The images class by class, of each in the order of the files' names.</returns>
    /// <exception cref="DataFormatException">A folder is no class or holds something else, or an image is damaged or of another size.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DataSet Load(string directory, Shape inputShape, IReadOnlyList<string>? classes = null)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: there is no such folder; name one that has a folder of images for each class");

        string[] folders = [.. Directory.GetDirectories(directory).Select(static folder => Path.GetFileName(folder)).Where(static name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        string[] names = classes is null ? folders : [.. classes];
        if (folders.FirstOrDefault(folder => !names.Contains(folder, StringComparer.Ordinal)) is { } unknown)
            throw new DataFormatException($"{Path.Combine(directory, unknown)}: is not a class; {Spelling.Suggest(unknown, names)}");

        List<(string Path, int Class)> files = [];
        foreach (string folder in folders)
        {
            string path = Path.Combine(directory, folder);
            string[] images = [.. Directory.GetFiles(path).Where(ImageFile.HasImageName).Order(StringComparer.Ordinal)];
            if (images.Length == 0)
                throw new DataFormatException($"{path}: holds no image; put PNG, PGM or PPM there, or remove it");
            files.AddRange(images.Select(image => (image, Array.IndexOf(names, folder))));
        }

        if (files.Count == 0)
            throw new DataFormatException($"{directory}: has no folders; put the images of each class into one");

        return Read(files, inputShape, names.Length, directory);
    }

    /// <summary>Whether a folder looks like one of classes: a folder in it holds an image.</summary>
    /// <param name="directory">The folder.</param>
    internal static bool IsOne(string directory)
        => Directory.EnumerateDirectories(directory).Any(static folder => Directory.EnumerateFiles(folder).Any(ImageFile.HasImageName));

    private static DataSet Read(List<(string Path, int Class)> files, Shape shape, int classCount, string directory)
    {
        if ((long)files.Count * shape.Length > Array.MaxLength)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{directory}: {files.Count} images of {shape} are more than there is room for"));

        byte[] pixels = new byte[files.Count * shape.Length];
        for (int i = 0; i < files.Count; i++)
        {
            ImagePixels image = ImageFile.Read(files[i].Path);
            ImageFile.Require(image, shape, files[i].Path);
            image.Pixels.CopyTo(pixels, i * shape.Length);
        }

        return DataSet.FromBytes(
            shape, ImmutableCollectionsMarshal.AsImmutableArray(pixels), Scale, [.. files.Select(static file => file.Class)], classCount);
    }
}
