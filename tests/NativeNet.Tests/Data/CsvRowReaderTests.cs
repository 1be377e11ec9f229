using NativeNet.Data;

namespace NativeNet.Tests.Data;

public sealed class CsvRowReaderTests
{
    [Theory]
    [InlineData("2,4\n6,8")]
    [InlineData("x,y\r\n\r\n2,4\r\n6,8\r\n")]
    public void Rows_come_one_at_a_time_with_their_line(string text)
    {
        using var lines = new StringReader(text);
        var rows = new CsvRowReader(lines, "t", 2, 0.5f);
        float[] row = new float[2];
        Assert.True(rows.TryRead(row));
        Assert.Equal([1f, 2f], row);
        int first = rows.LineNumber;
        Assert.True(rows.TryRead(row));
        Assert.Equal([3f, 4f], row);
        Assert.Equal(first + 1, rows.LineNumber);
        Assert.False(rows.TryRead(row));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("x,y", null)]
    [InlineData("1,2\n1", "t(2,1): the row ends after 1 columns; it must have 2")]
    [InlineData("1,2,3", "t(1,5): the row has more than 2 columns")]
    [InlineData("1,z", "t(1,3): 'z' is not a number")]
    [InlineData("1 2", "t(1,1): the line has 1 columns; it must have 2, separated by")]
    [InlineData("x,y,label\n1,2,0", "t(1,1): the line has 3 columns; it must have 2, separated by")]
    public void What_is_not_a_row_is_named(string text, string? problem)
    {
        using var lines = new StringReader(text);
        var rows = new CsvRowReader(lines, "t", 2);
        float[] row = new float[2];
        void ReadAll()
        {
            while (rows.TryRead(row))
            {
            }
        }

        if (problem is null)
            ReadAll();
        else
            Assert.StartsWith(problem, Assert.Throws<DataFormatException>(ReadAll).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_handed_out_before_the_next_has_come()
    {
        using var text = new OneLineAtATime("1\n", "2\n");
        var rows = new CsvRowReader(text, "t", 1);
        Assert.True(rows.TryRead(new float[1]));
        Assert.Equal(1, text.LinesRead);
    }

    [Fact]
    public void Lengths_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CsvRowReader(TextReader.Null, "t", 0));
        Assert.Throws<ArgumentException>(static () => new CsvRowReader(TextReader.Null, "t", 2).TryRead(new float[3]));
    }

    /// <summary>A terminal: one line a read.</summary>
    private sealed class OneLineAtATime(params string[] lines) : TextReader
    {
        public int LinesRead { get; private set; }

        public override int Read(Span<char> buffer)
        {
            if (LinesRead == lines.Length)
                return 0;
            string line = lines[LinesRead++];
            line.CopyTo(buffer);
            return line.Length;
        }
    }
}
