using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Tests.Data;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Storage;

/// <summary>
/// Files that were damaged at random are read or refused, with one exception and little memory. A million of each format:
/// <c>NATIVENET_FILES=1000000 dotnet test --project tests/NativeNet.Tests -c Release --filter-class '*.DamagedFileTests'</c>;
/// <c>NATIVENET_SEED</c> draws others.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Safetensors()
    {
        string path = _folder.File("a");
        SafetensorsFile.Write(path, [new("a", [2, 2], new float[4]), new("b", [1], new float[1])], new Dictionary<string, string> { ["k"] = "v" });
        Check(Mutation.ReadDamaged<StorageFormatException>(File.ReadAllBytes(path), Series.Files, static damaged => SafetensorsFile.Read(damaged)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Checkpoints(bool isSigned)
    {
        string path = _folder.File("c");
        using var session = new TrainingSession<Online>(1);
        var identity = new RunIdentity("rule", 1, "schedule", "gradients", "data", RunIdentity.None, RunIdentity.None);
        Checkpoint.Save(path, session, identity, RunMemory.Start);

        (int read, int refused) = Mutation.ReadDamaged<StorageFormatException>(
            File.ReadAllBytes(path), Series.Files, damaged => Checkpoint.Load(damaged, session, identity), isSigned ? Sign : null);
        Assert.True(refused > Series.Files / 2 && (isSigned || read < Series.Files / 20), $"{read} read, {refused} refused");
    }

    [Fact]
    public void Run_logs()
    {
        string path = _folder.File("l");
        using (RunLog log = RunLog.Create(path, [0, 2]))
        {
            for (int epoch = 1; epoch <= 2; epoch++)
                log.Write(new EpochRecord(2) { Epoch = epoch, Step = 10 * epoch, Rate = 0.5f, Loss = 1.25, Accuracy = 0.5, ValidationLoss = double.NaN });
        }

        Check(Mutation.ReadDamaged<DataFormatException>(File.ReadAllBytes(path), Series.Files, static damaged => RunLog.Read(damaged)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idx(bool isCompressed)
    {
        byte[] file = IdxFiles.Idx([3, 4], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Check(Mutation.ReadDamaged<DataFormatException>(
            isCompressed ? IdxFiles.Gzip(file) : file, Series.Files, static damaged => IdxReader.Read(damaged)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Csv(bool isCompressed)
    {
        byte[] file = "a,b,c\n1.5,2,0\n-3e2,\"4\",1\r\n5,6,2\n"u8.ToArray();
        Check(Mutation.ReadDamaged<DataFormatException>(
            isCompressed ? IdxFiles.Gzip(file) : file, Series.Files, static damaged => CsvReader.Load(damaged)));
    }

    [Fact]
    public void Images()
    {
        Check(Mutation.ReadDamaged<DataFormatException>("P2 # grey\n3 2\n99\n1 2 3\n4 55 66\n"u8.ToArray(), Series.Files, static damaged => ImageFile.Read(damaged)));

        // Checksums leave little of a PNG that can be changed.
        (int _, int refused) = Mutation.ReadDamaged<DataFormatException>(PngFile.Encode(6, 8, 3, [.. Enumerable.Range(0, 24)]), Series.Files, static damaged => ImageFile.Read(damaged));
        Assert.True(refused > Series.Files / 2, $"{refused} refused");
    }

    [Fact]
    public void Rows() => Check(Mutation.ReadDamaged<DataFormatException>(
        "1,2,3\n4;5;6\n\n-7e1,8,9"u8.ToArray(), Series.Files, static damaged =>
        {
            using var text = new StreamReader(damaged, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
            var rows = new CsvRowReader(text, damaged, length: 3);
            while (rows.TryRead(new float[3]))
            {
            }
        }));

    /// <summary>The checksum of what a checkpoint has become.</summary>
    private static byte[] Sign(byte[] file)
    {
        if (file.Length >= Sha256.DigestLength)
        {
            var hash = new Sha256();
            hash.Append(file.AsSpan(..^Sha256.DigestLength));
            hash.Finish(file.AsSpan(^Sha256.DigestLength..));
        }

        return file;
    }

    /// <summary>Both outcomes are common, or the damage is too great or too small to find anything.</summary>
    private static void Check((int Read, int Refused) outcomes)
        => Assert.True(outcomes.Read > Series.Files / 80 && outcomes.Refused > Series.Files / 20, $"{outcomes.Read} read, {outcomes.Refused} refused");
}
