using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tests.Storage;
using static NativeNet.Tests.Data.IdxFiles;

namespace NativeNet.Tests.Data;

public sealed class MnistFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{0}-images-idx3-ubyte", "{0}-labels-idx1-ubyte", false)]
    [InlineData("{0}-images.idx3-ubyte", "{0}-labels.idx1-ubyte", false)]
    [InlineData("{0}-images-idx3-ubyte.gz", "{0}-labels-idx1-ubyte.gz", true)]
    [InlineData("{0}-images.idx3-ubyte.gz", "{0}-labels.idx1-ubyte", true)]
    public void All_spellings_give_the_same_data(string images, string labels, bool compressed)
    {
        Put(images, labels, compressed);
        var data = MnistFolder.Load(_folder.Path);
        Assert.Equal((2, 1), (data.Train.Count, data.Test.Count));
        Assert.Equal((Shape.Of(1, 2, 1), 10), (data.Train.InputShape, data.Train.ClassCount));
        Assert.Equal([9, 0], data.Train.Labels);

        float[] inputs = new float[4];
        data.Train.CopyInputs([0, 1], inputs);
        Assert.Equal([0f, 1f / 255f, 128 * (1f / 255f), 255 * (1f / 255f)], inputs);

        DataSet expected = DataSet.FromBytes(Shape.Of(1, 2, 1), [0, 1, 128, 255], 1f / 255f, [9, 0], 10);
        Assert.Equal(expected.ComputeFingerprint(), data.Train.ComputeFingerprint());
    }

    /// <summary>EMNIST's names, torchvision's folder.</summary>
    [Fact]
    public void Names_before_the_usual_ones_and_the_folder_raw_are_found()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "raw"));
        foreach ((string part, byte label) in (ReadOnlySpan<(string, byte)>)[("train", 26), ("test", 1)])
        {
            File.WriteAllBytes(Path.Combine(_folder.Path, "raw", $"emnist-letters-{part}-images-idx3-ubyte.gz"), Gzip(Idx([1, 1, 2], 3, 4)));
            File.WriteAllBytes(Path.Combine(_folder.Path, "raw", $"emnist-letters-{part}-labels-idx1-ubyte.gz"), Gzip(Idx([1], label)));
        }

        TrainTest data = MnistFolder.Load(_folder.Path, classCount: 27);
        Assert.Equal([26], data.Train.Labels);
        Assert.Equal([1], data.Test.Labels);
        File.WriteAllBytes(Path.Combine(_folder.Path, "raw", "emnist-digits-train-images-idx3-ubyte.gz"), []);
        Assert.Contains("emnist-digits-train-images-idx3-ubyte.gz and emnist-letters", Assert.Throws<DataFormatException>(() => MnistFolder.Load(_folder.Path, classCount: 27)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<FileNotFoundException>(() => MnistFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => MnistFolder.Load(_folder.File("none")));
    }

    [Fact]
    public void Test_images_of_another_size_are_refused()
    {
        Put("{0}-images-idx3-ubyte", "{0}-labels-idx1-ubyte", false);
        _folder.File("t10k-images-idx3-ubyte", Idx([1, 2, 2], 1, 2, 3, 4));
        Assert.Contains("1×2×1", Assert.Throws<DataFormatException>(() => MnistFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 1 }, "has 3 labels, but")]
    [InlineData(new byte[] { 9, 10 }, "offset 9: label 10 is not below the class count, 10")]
    public void Labels_that_do_not_fit_are_refused(byte[] labels, string problem)
    {
        string imagesPath = _folder.File("images", Idx([2, 1, 1], 1, 2));
        string labelsPath = _folder.File("labels", Idx([(uint)labels.Length], labels));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => IdxDataSet.Load(imagesPath, labelsPath, 10));
        Assert.StartsWith(labelsPath, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchanged_files_are_recognised()
    {
        string imagesPath = _folder.File("images", Idx([2, 1, 1], 1, 2));
        string labelsPath = _folder.File("labels", Idx([2], 1, 2));
        Assert.Contains("exchanged", Assert.Throws<DataFormatException>(() => IdxDataSet.Load(labelsPath, imagesPath, 10)).Message, StringComparison.Ordinal);
    }

    private void Put(string images, string labels, bool compressed)
    {
        Put("train", Idx([2, 1, 2], 0, 1, 128, 255), Idx([2], 9, 0));
        Put("t10k", Idx([1, 1, 2], 3, 4), Idx([1], 5));

        void Put(string part, byte[] image, byte[] label)
        {
            _folder.File(images.Replace("{0}", part, StringComparison.Ordinal), compressed ? Gzip(image) : image);
            _folder.File(labels.Replace("{0}", part, StringComparison.Ordinal), compressed ? Gzip(label) : label);
        }
    }
}
