using NativeNet.Data;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Data;

/// <summary>Columns with values to learn, and what files of numbers take of memory.</summary>
public sealed class CsvTargetsTests : IDisposable
{
    private const string Text = "a,b,c,d\n1,2,3,4\n5,6,-7,8.5\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("c", "1 2 4 5 6 8.5", "3 -7")]
    [InlineData("d,a", "2 3 6 -7", "4 1 8.5 5")]
    [InlineData("-1", "1 2 3 5 6 -7", "4 8.5")]
    [InlineData("-2,0", "2 4 6 8.5", "3 1 -7 5")]
    public void Targets_are_columns_by_name_or_position_in_the_order_named(string columns, string inputs, string targets)
    {
        DataSet data = Read(Text, columns.Split(','));
        Assert.Equal(Numbers(inputs), AllInputs.Of(data));
        Assert.Equal(Numbers(targets), Targets(data));
    }

    [Fact]
    public void Without_target_columns_the_inputs_are_the_targets()
    {
        DataSet data = Read(Text, []);
        Assert.True(data.IsAutoencoding);
        Assert.Equal(AllInputs.Of(data), Targets(data));
        using var reader = new StringReader(Text);
        Assert.Equal([1f, 2f, 4f, 5f, 6f, 8.5f], AllInputs.Of(CsvReader.Read(reader, "t", new CsvOptions { TargetColumns = [], LabelColumns = ["c"] })));
    }

    [Theory]
    [InlineData("e", "t(1,1): there is no column 'e' for the target; give a name of the header or a position from 0 to 3")]
    [InlineData("a,a", "t(1,1): the column 'a' is named twice")]
    [InlineData("a,b,c,d", "t(1,1): every column is a target or left out")]
    public void Columns_that_do_not_fit_are_refused(string columns, string problem)
        => Assert.StartsWith(problem, Assert.Throws<DataFormatException>(() => Read(Text, columns.Split(','))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("target,b\n1,2", "t(1,1): the column 'target' is not the last one, which is taken for the target; say which column has the target")]
    [InlineData("a,b\n1,x", "t(2,3): 'x' is not a number")]
    [InlineData("a,b\n1,", "t(2,3): '' is a missing value, and a target cannot be filled in")]
    [InlineData("a,b\n1,1e39", "t(2,3): '1e39' is not a finite")]
    public void Targets_that_are_none_are_refused(string text, string problem)
        => Assert.StartsWith(problem, Assert.Throws<DataFormatException>(() => Read(text, ["-1"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_without_a_target_can_be_left_out()
    {
        using var reader = new StringReader("a,b\n1,\n2,3\n,4\n5,6\n");
        DataSet data = CsvReader.Read(reader, "t", new CsvOptions { TargetColumns = ["b"], Missing = MissingValues.Dropped });
        Assert.Equal([2f, 5f], AllInputs.Of(data));
        Assert.Equal([3f, 6f], Targets(data));
    }

    [Fact]
    public void The_scale_is_that_of_inputs()
    {
        using var reader = new StringReader("10,20,30\n-5,2.5,1\n");
        DataSet data = CsvReader.Read(reader, "t", new CsvOptions { TargetColumns = ["2"], Scale = 0.1f });
        Assert.Equal([10 * 0.1f, 20 * 0.1f, -5 * 0.1f, 2.5f * 0.1f], AllInputs.Of(data));
        Assert.Equal([30f, 1f], Targets(data));
    }

    /// <summary>Whole numbers from 0 to 255 are kept as bytes until another number comes; nobody sees a difference.</summary>
    [Theory]
    [InlineData("0,255,7,0\n1,2,3,1\n")]
    [InlineData("0,255,7,0\n1,2,256,1\n")]
    [InlineData("0,255,7,0\n1,-0,3,1\n")]
    [InlineData("0,255,7,0\n1,2.5,3,1\n9,9,9,1\n")]
    [InlineData("0,255,7,0\n1,,3,1\n9,9,9,1\n")]
    public void Numbers_are_the_same_bits_however_they_are_kept(string text)
    {
        DataSet data = CsvReader.Load(_folder.File("a.csv", System.Text.Encoding.ASCII.GetBytes(text)), new CsvOptions { Scale = 1f / 255f, Missing = MissingValues.Mean });
        float[] expected = [.. text.TrimEnd().Split('\n').SelectMany(static line => line.Split(',')[..3]).Select(static field => field.Length == 0 ? (float)(((double)(255f * (1f / 255f)) + (9f * (1f / 255f))) / 2) : Numbers(field)[0] * (1f / 255f))];
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), AllInputs.Of(data).Select(BitConverter.SingleToInt32Bits));
    }

    /// <summary>Splitting copies no inputs, so that the peak is what reading takes: no more than twice the file.</summary>
    [Theory]
    [InlineData("0,0,0,0,0,0,0,1\n", 200_000)]
    [InlineData("-1,2,3,4,5,6,7,0\r\n", 200_000)]
    [InlineData("0.25,0.125,0.5,1\n", 200_000)]
    public void A_file_takes_no_more_than_twice_its_size(string row, int rows)
    {
        byte[] file = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(row, rows)));
        string path = _folder.File("large.csv", file);
        CsvReader.Load(_folder.File("small.csv", file[..(row.Length * 10)]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        DataSet all = CsvReader.Load(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(rows, all.Count);
        Assert.InRange(allocated, 0, (2L * file.Length) + (1 << 20));

        before = GC.GetAllocatedBytesForCurrentThread();
        DataSet half = all.Select([.. Enumerable.Range(0, rows / 2)]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (3L * sizeof(int) * half.Count) + (1 << 16));
    }

    private static float[] Numbers(string text)
        => [.. text.Split(' ').Select(static number => float.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];

    private static float[] Targets(DataSet data)
    {
        float[] targets = new float[data.Count * data.TargetLength];
        data.CopyTargets([.. Enumerable.Range(0, data.Count)], targets);
        return targets;
    }

    private static DataSet Read(string text, string[] targets)
    {
        using var reader = new StringReader(text);
        return CsvReader.Read(reader, "t", new CsvOptions { TargetColumns = targets });
    }
}
