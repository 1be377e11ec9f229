using System.IO.Compression;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>The data set that is always there: 1797 handwritten digits of 8 × 8 pixels.</summary>
/// <remarks>
/// Test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, UCI Machine Learning
/// Repository, 1998, CC BY 4.0. The data is a resource of 57 KB in the library, so that one package and one binary
/// suffice. A program that never calls this class loses the code when it is trimmed, and the resource as well if its
/// project sets the host option <c>NativeNet.Data.Digits</c> to false.
/// </remarks>
public static class DigitsDataSet
{
    private const string Resource = "NativeNet.Data.Digits.digits.csv.gz";

    /// <summary>The classes, one a digit.</summary>
    public const int ClassCount = 10;

    /// <summary>Of every five samples the last is for the test: 1438 and 359.</summary>
    private const int HoldOut = 5;

    /// <summary>The samples, of shape 8×8×1, pixels from 0 to 1 in sixteenths, in the order of the source.</summary>
    /// <exception cref="InvalidOperationException">The resource was left out of the binary.</exception>
    public static TrainTest Load()
    {
        using Stream resource = typeof(DigitsDataSet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(
                "the digits are not in this binary; remove the host option NativeNet.Data.Digits=false from its project");
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));

        var options = new CsvOptions
        {
            HasHeader = false,
            Scale = 1f / 16f,
            ClassCount = ClassCount,
            InputShape = Shape.Of(8, 8, 1),
        };
        return TrainTest.HoldOutEvery(CsvReader.Read(text, Resource, options), HoldOut);
    }
}
