using System.IO.Compression;
using System.Text;
using NativeNet.Data;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Data;

public sealed class CsvLabelsTests : IDisposable
{
    private static readonly string[] Flowers = ["setosa", "versicolor", "virginica"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_are_the_names_of_classes_or_their_numbers()
    {
        DataSet data = Read("1,virginica\n2,\"setosa\"\n3,1\n4,2.0", new CsvOptions { Classes = Flowers });
        Assert.Equal(3, data.ClassCount);
        Assert.Equal([2, 0, 1, 2], data.Labels);
    }

    [Theory]
    [InlineData("2..3", "0 1 2 0")]
    [InlineData("-2..-1", "0 1 2 0")]
    [InlineData("a,b", "0 1 2 0")]
    [InlineData("b,a", "1 0 0 2")]
    [InlineData("a..b", "0 1 2 0")]
    public void A_row_has_several_labels_in_columns_named_one_by_one_or_from_one_to_another(string columns, string labels)
    {
        DataSet data = Read("x,y,a,b\n1,2,0,1\n3,4,2,0\n", new CsvOptions { LabelColumns = columns.Split(','), ClassCount = 3 });
        Assert.Equal((2, 2), (data.Count, data.TargetLength));
        Assert.Equal(labels, string.Join(' ', data.Labels.ToArray()));
        Assert.Equal([1f, 2f, 3f, 4f], AllInputs.Of(data));
    }

    [Fact]
    public void A_name_with_dots_is_a_name_first()
        => Assert.Equal([1, 0], Read("0..1,x,y\n1,2,3\n0,5,6\n", new CsvOptions { LabelColumns = ["0..1"] }).Labels);

    [Fact]
    public void Rows_with_several_labels_are_left_out_whole()
    {
        DataSet data = Read("1,2,0,1\n,4,1,1\n7,8,1,0", new CsvOptions { LabelColumns = ["2", "3"], Missing = MissingValues.Dropped });
        Assert.Equal([0, 1, 1, 0], data.Labels);
        Assert.Equal([1f, 2f, 7f, 8f], AllInputs.Of(data));
    }

    [Fact]
    public void A_label_that_is_no_class_is_named_with_the_nearest()
        => Assert.Equal(
            "t(2,3): label 'setoza' is not a class; did you mean 'setosa'?",
            Failure("1,setosa\n2,setoza", new CsvOptions { Classes = Flowers }));

    [Fact]
    public void Names_that_nobody_declared_are_listed_to_be_pasted()
        => Assert.Equal(
            "t(2,5): label 'b \"x\"' is not a class number from 0 to 65535; to use names, list them in the network's file: "
                + "\"classes\": [\"a\", \"b \\u0022x\\u0022\", \"c\"]",
            Failure("1,2,0\n1,2,\"b \"\"x\"\"\"\n1,2,c\n1,2,a", new CsvOptions()));

    [Fact]
    public void Text_that_is_no_list_of_classes_is_not_listed()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 1000).Select(static i => $"{i},name{i}"));
        Assert.Equal("t(1,3): label 'name0' is not a class number from 0 to 65535", Failure(rows, new CsvOptions()));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5.0")]
    [InlineData("5.000000000000000000e+00")]
    [InlineData("50e-1")]
    public void A_whole_number_is_a_class_however_it_is_written(string label)
        => Assert.Equal([5], Read($"1,2,{label}", new CsvOptions { ClassCount = 10 }).Labels);

    [Theory]
    [InlineData("5.5")]
    [InlineData("1e1")]
    [InlineData("-1")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    public void Another_number_is_none(string label)
        => Assert.Equal($"t(1,5): label '{label}' is not a class number from 0 to 9", Failure($"1,2,{label}", new CsvOptions { ClassCount = 10 }));

    [Fact]
    public void Compressed_rows_that_damage_made_are_damage()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(static i => $"{i},{i * 7919 % 1000},{i % 3}\n"))));
        for (int length = 20; length < compressed.Length; length += 97)
        {
            string path = _folder.File("cut.csv.gz", compressed.ToArray()[..length]);
            Assert.EndsWith("the gzip data is damaged or cut short; fetch the file again", Assert.Throws<DataFormatException>(() => CsvReader.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_with_missing_values_are_left_out()
    {
        DataSet data = Read("1,2,0\n,4,1\n5,NA,1\n7,8,1", new CsvOptions { Missing = MissingValues.Dropped });
        Assert.Equal([0, 1], data.Labels);
        Assert.Equal([1f, 2f, 7f, 8f], AllInputs.Of(data));
    }

    [Fact]
    public void Missing_values_become_their_columns_mean()
    {
        DataSet data = Read("1,2,0\n?,4,1\n5,null,1\n", new CsvOptions { Missing = MissingValues.Mean, Scale = 0.5f });
        Assert.Equal([0.5f, 1f, 1.5f, 2f, 2.5f, 1.5f], AllInputs.Of(data));
    }

    [Theory]
    [InlineData(MissingValues.Dropped, "t: every row has a missing value, so none is left")]
    [InlineData(MissingValues.Mean, "t: input 1 is missing in every row; leave its column out")]
    public void Where_nothing_is_there_nothing_is_made_up(MissingValues missing, string message)
        => Assert.Equal(message, Failure("1,,0\n2,,1", new CsvOptions { Missing = missing }));

    [Theory]
    [InlineData('|', "1|2,5|0")]
    [InlineData(' ', "1 2,5 0")]
    public void Another_separator_is_given(char separator, string row)
        => Assert.StartsWith("t(1,3): '2,5' is not a number", Failure(row, new CsvOptions { Separator = separator }), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_in_UTF_16_has_a_mark(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        string path = _folder.File("wide.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,name\r\n1,ä\r\n2,ö\r\n")]);
        Assert.Equal([1, 0], CsvReader.Load(path, new CsvOptions { Classes = ["ö", "ä"] }).Labels);

        string cut = _folder.File("cut.csv", [.. File.ReadAllBytes(path)[..^1]]);
        Assert.Contains("not UTF-", Assert.Throws<DataFormatException>(() => CsvReader.Load(cut)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => Read("1,0", new CsvOptions { Classes = Flowers, ClassCount = 2 }));
        Assert.Throws<ArgumentException>(static () => Read("1,0", new CsvOptions { Separator = '5' }));
    }

    private static string Failure(string text, CsvOptions options) => Assert.Throws<DataFormatException>(() => Read(text, options)).Message;

    private static DataSet Read(string text, CsvOptions options)
    {
        using var reader = new StringReader(text);
        return CsvReader.Read(reader, "t", options);
    }
}
