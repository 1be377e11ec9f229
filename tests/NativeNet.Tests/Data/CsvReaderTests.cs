using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Data;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,-2.5,0\n3,4e-1,2\n")]
    [InlineData("1;-2.5;0\r\n3;4e-1;2")]
    [InlineData("1\t-2.5\t0\n\n  \n3\t 4e-1\t2\n\n")]
    [InlineData("\uFEFF1,-2.5,0\n3,0.4,2")]
    [InlineData("\uFEFFwidth,height,class\n1,-2.5,0\n3,0.4,2")]
    [InlineData("1,-2.5,0\r3,0.4,2.0\r")]
    [InlineData("\"width, in cm\",\"the \"\"height\"\"\",class\r\n1,-2.5,0\r\n3,0.4,2")]
    [InlineData("\"width\";\"height\";\"class\"\n\"1\";\"-2.5\";\"0\"\n3;0.4;2")]
    public void Separators_headers_and_line_ends_are_found(string text)
    {
        DataSet data = Read(text);
        Assert.Equal((2, 3), (data.Count, data.ClassCount));
        Assert.Equal([0, 2], data.Labels);
        Assert.Equal([1f, -2.5f, 3f, 0.4f], AllInputs.Of(data));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("1")]
    public void The_label_is_found_by_name_and_by_position(string column)
    {
        DataSet data = Read("a,class,b\n1,4,2", new CsvOptions { LabelColumns = [column] });
        Assert.Equal([4], data.Labels);
        Assert.Equal([1f, 2f], AllInputs.Of(data));
    }

    [Fact]
    public void Options_give_scale_shape_classes_and_header()
    {
        var options = new CsvOptions { Scale = 0.25f, ClassCount = 7, InputShape = Shape.Of(1, 2, 1), HasHeader = true };
        DataSet data = Read("0,1,2\n4,8,3", options);
        Assert.Equal((1, 7, Shape.Of(1, 2, 1)), (data.Count, data.ClassCount, data.InputShape));
        Assert.Equal([1f, 2f], AllInputs.Of(data));
        Assert.Throws<ArgumentException>(static () => Read("1,0", new CsvOptions { Scale = 0 }));
        Assert.Throws<ArgumentException>(static () => Read("1,0", new CsvOptions { ClassCount = 0 }));
    }

    [Theory]
    [InlineData("", "t: is empty")]
    [InlineData("\n \n", "t: is empty")]
    [InlineData("a,b\n", "t: has a header but no row")]
    [InlineData("1\n2", "t(1,1): there is one column")]
    [InlineData("1,2,0\n1,2", "t(2,3): the row ends after 2 columns; the first line has 3")]
    [InlineData("1,2,0\n1,2,0,1", "t(2,7): the row has more columns than the first line")]
    [InlineData("1,2,0\n1,x,0", "t(2,3): 'x' is not a number")]
    [InlineData("1,2,0\n\n1,,0", "t(3,3): '' is a missing value; drop such rows")]
    [InlineData("1;2,5;0", "t(1,3): '2,5' is not a number")]
    [InlineData("1,NaN,0", "t(1,3): 'NaN' is a missing value")]
    [InlineData("1,1e39,0", "t(1,3): '1e39' is not a finite")]
    [InlineData("1,-Infinity,0", "t(1,3): '-Infinity' is not a finite")]
    [InlineData("1,2,-1", "t(1,5): label '-1' is not a class number from 0 to 65535")]
    [InlineData("1,2,1.5", "t(1,5): label '1.5' is not a class number")]
    [InlineData("1,2,", "t(1,5): label '' is not a class number")]
    [InlineData("1,2,65536", "t(1,5): label '65536' is not a class number")]
    [InlineData("1,2,99999999999", "t(1,5): label '99999999999' is not a class number")]
    public void A_wrong_row_is_named_with_line_and_column(string text, string problem)
        => Assert.StartsWith(problem, Assert.Throws<DataFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_that_do_not_fit_the_file_are_named()
    {
        Assert.StartsWith("t(1,1): there is no column 'c'", Failure(new CsvOptions { LabelColumns = ["c"] }), StringComparison.Ordinal);
        Assert.StartsWith("t(1,1): there is no column '3'", Failure(new CsvOptions { LabelColumns = ["3"] }), StringComparison.Ordinal);
        Assert.StartsWith("t(1,1): there are 2 columns beside the label; an input of 8×8 needs 64", Failure(new CsvOptions { InputShape = Shape.Of(8, 8) }), StringComparison.Ordinal);
        Assert.StartsWith("t(2,5): label '3' is not a class number from 0 to 2", Failure(new CsvOptions { ClassCount = 3 }), StringComparison.Ordinal);

        static string Failure(CsvOptions options)
            => Assert.Throws<DataFormatException>(() => Read("x,y,z\n1,2,3", options)).Message;
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        using var endless = new EndlessLine();
        Assert.Contains(
            "more than 1048576 characters",
            Assert.Throws<DataFormatException>(() => CsvReader.Read(endless, "t")).Message, StringComparison.Ordinal);
        Assert.Equal(1, Read("1," + new string(' ', LineReader.MaxLineLength - 3) + "0").Count);
    }

    [Fact]
    public void Lines_across_the_buffer_are_whole()
    {
        string text = string.Join('\n', Enumerable.Range(0, 5000).Select(static i => $"{i},{i + 1},{i % 3}"));
        DataSet data = Read(text);
        Assert.Equal([.. Enumerable.Range(0, 5000).Select(static i => i % 3)], data.Labels);
        Assert.Equal(Enumerable.Range(0, 5000).SelectMany(static i => new float[] { i, i + 1 }), AllInputs.Of(data));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    public void The_culture_does_not_matter(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal([-1.5f, 2f], AllInputs.Of(Read("-1.5,2,0")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Compressed_files_are_read_and_other_encodings_refused()
    {
        string plain = _folder.File("a.csv", "1,2,0\n3,4,1\n"u8.ToArray());
        string compressed = _folder.File("b.csv", IdxFiles.Gzip("1,2,0\n3,4,1\n"u8.ToArray()));
        Assert.Equal(CsvReader.Load(plain).ComputeFingerprint(), CsvReader.Load(compressed).ComputeFingerprint());

        string latin = _folder.File("c.csv", [.. "gr"u8, 0xFC, .. "n,b\n1,0\n"u8]);
        Assert.Contains("not UTF-8", Assert.Throws<DataFormatException>(() => CsvReader.Load(latin)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_without_its_end_is_refused_wherever_it_ends()
    {
        byte[] file = IdxFiles.Gzip(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(static i => $"{i},{i * i},1\n"))));
        for (int length = 2; length < file.Length; length++)
        {
            string path = _folder.File("a", file[..length]);
            Assert.Throws<DataFormatException>(() => CsvReader.Load(path));
        }

        Assert.Equal(100, CsvReader.Load(_folder.File("a", file)).Count);
    }

    [Fact]
    public void A_small_file_that_becomes_a_large_one_is_refused_before_it_does()
    {
        string path = _folder.File("a");
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Optimal))
        {
            byte[] rows = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('0', 1000) + ",1\n", 1000)));
            for (int i = 0; i < 300; i++)
                gzip.Write(rows);
        }

        Assert.Contains("becomes more than 268435456 bytes", Assert.Throws<DataFormatException>(() => CsvReader.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\0,0\n3,4,1", "t(1,4): there is a NUL character")]
    [InlineData("1,2,0\n3,4,1\0", "t(2,6): there is a NUL character")]
    [InlineData("a\0,b,c\n3,4,1", "t(1,2): there is a NUL character")]
    public void A_NUL_is_part_of_no_number(string text, string message)
        => Assert.StartsWith(message, Assert.Throws<DataFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'1', (byte)',', 0xFF, (byte)'\n', (byte)'1', (byte)',', (byte)'0' })]
    [InlineData(new byte[] { (byte)'1', (byte)',', 0xC3, (byte)'\n', (byte)'1', (byte)',', (byte)'0' })]
    public void Bytes_that_are_not_UTF8_are_refused(byte[] file)
        => Assert.Contains("is not UTF-8", Assert.Throws<DataFormatException>(() => CsvReader.Load(_folder.File("a", file))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_header_that_calls_another_column_the_label_is_refused()
    {
        Assert.Equal(
            "t(1,1): the column 'Label' is not the last one, which is taken for the label; say which column has the label",
            Assert.Throws<DataFormatException>(static () => Read("Label,a,b\n1,2,3")).Message);
        Assert.Equal([1], Read("Label,a,b\n1,2,3", new CsvOptions { LabelColumns = ["Label"] }).Labels);
        Assert.Equal([3], Read("target,a,class\n1,2,3").Labels);
    }

    private static DataSet Read(string text, CsvOptions? options = null)
    {
        using var reader = new StringReader(text);
        return CsvReader.Read(reader, "t", options);
    }

    /// <summary>A line that never ends, of which a careful reader takes no more than twice the limit.</summary>
    private sealed class EndlessLine : TextReader
    {
        private int _read;

        public override int Read(Span<char> buffer)
        {
            buffer.Fill('1');
            _read += buffer.Length;
            Assert.InRange(_read, 1, 2 * LineReader.MaxLineLength);
            return buffer.Length;
        }
    }
}
