using System.Globalization;
using NativeNet.Data;
using NativeNet.Tests.Shared;
using NativeNet.Tests.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Training.Monitoring;

public sealed class RunLogTests : IDisposable
{
    private static readonly int[] Layers = [1, 2];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void What_was_written_is_read_bit_for_bit_in_any_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        EpochRecord first = Sample(1), second = Sample(2);
        (second.Loss, second.ValidationLoss, second.Layers[1]) = (double.PositiveInfinity, double.NaN, new LayerRecord(2, -0.5, 1e-300, double.NaN, 0));
        using (var log = RunLog.Create(_folder.File("log.csv"), Layers))
        {
            log.Write(first);
            log.Write(second);
        }

        AssertEqual([first, second], RunLog.Read(_folder.File("log.csv")));
    }

    [Fact]
    public void Rows_can_be_read_while_the_log_grows()
    {
        using var log = RunLog.Create(_folder.File("log.csv"), Layers);
        Assert.Empty(RunLog.Read(_folder.File("log.csv")));
        log.Write(Sample(1));
        AssertEqual([Sample(1)], RunLog.Read(_folder.File("log.csv")));
    }

    [Fact]
    public void The_beginning_of_a_row_is_left_out()
    {
        byte[] whole = Write(Sample(1), Sample(2));
        int firstRow = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int length = firstRow; length < whole.Length; length++)
            AssertEqual([Sample(1)], RunLog.Read(_folder.File("cut.csv", whole[..length])));
    }

    [Fact]
    public void A_resumed_log_drops_the_rows_behind_its_checkpoint()
    {
        Write(Sample(1), Sample(2), Sample(3));
        using (var log = RunLog.Continue(_folder.File("log.csv"), Layers, epochs: 2))
            log.Write(Sample(4));
        AssertEqual([Sample(1), Sample(2), Sample(4)], RunLog.Read(_folder.File("log.csv")));
    }

    [Fact]
    public void A_log_of_another_network_is_not_continued()
    {
        byte[] before = Write(Sample(1));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => RunLog.Continue(_folder.File("log.csv"), [1, 2, 3], 1));
        Assert.Contains("the log is of layers 1, 2, not of 1, 2, 3", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("log.csv")));
    }

    [Fact]
    public void A_log_that_is_missing_is_begun()
    {
        RunLog.Continue(_folder.File("log.csv"), Layers, epochs: 2).Dispose();
        Assert.Empty(RunLog.Read(_folder.File("log.csv")));
    }

    [Theory]
    [InlineData("", "has no header line")]
    [InlineData("1,2,3\n", "(1,1): column '1' should be 'epoch'")]
    [InlineData("epoch,step\n", "(1,1): column 'rate' is missing")]
    [InlineData("{h},x\n", "(1,65): column 'x' is not layers.I.weights")]
    [InlineData("{h},layers.1.weights,layers.2.gradients\n", "(1,82): column 'layers.2.gradients' should be 'layers.1.gradients'")]
    [InlineData("{h}\n1,2,3\n", "(2,1): the row has only 3 fields")]
    [InlineData("{h}\n1,2,3,4,5,6,7\n1,2,3,4,5,6,7,8\n", "(3,15): the row has more fields than the header's 7")]
    [InlineData("{h}\nx,2,3,4,5,6,7\n", "(2,1): 'x' is not a whole number")]
    [InlineData("{h}\n99999999999,2,3,4,5,6,7\n", "(2,1): '99999999999' is not a whole number from 0 to 2147483647")]
    [InlineData("{h}\n1,2,3,1.2.3,5,6,7\n", "(2,7): '1.2.3' is not a number")]
    public void What_is_wrong_is_named_with_line_and_column(string content, string problem)
    {
        content = content.Replace("{h}", "epoch,step,rate,loss,accuracy,validationLoss,validationAccuracy", StringComparison.Ordinal);
        string path = _folder.File("log.csv", System.Text.Encoding.UTF8.GetBytes(content));
        DataFormatException exception = Assert.Throws<DataFormatException>(() => RunLog.Read(path));
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_a_row_allocates_nothing()
    {
        using var log = RunLog.Create(_folder.File("log.csv"), Layers);
        EpochRecord record = Sample(1);
        Assert.Equal(0, Allocations.Of(() => log.Write(record)));
    }

    [Fact]
    public void A_record_of_other_layers_is_refused()
    {
        using var log = RunLog.Create(_folder.File("log.csv"), [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => log.Write(Sample(1)));
    }

    private byte[] Write(params EpochRecord[] rows)
    {
        using (var log = RunLog.Create(_folder.File("log.csv"), Layers))
        {
            foreach (EpochRecord row in rows)
                log.Write(row);
        }

        return File.ReadAllBytes(_folder.File("log.csv"));
    }

    private static EpochRecord Sample(int epoch)
    {
        var record = new EpochRecord(2)
        {
            Epoch = epoch,
            Step = epoch * 45L,
            Rate = 0.1f / epoch,
            Loss = Math.Sqrt(epoch),
            Accuracy = 1.0 / (epoch + 2),
            ValidationLoss = Math.Sqrt(epoch) / 3,
            ValidationAccuracy = 2.0 / (epoch + 2),
        };
        record.Layers[0] = new LayerRecord(1, 1.0 / 3, 1e-7, 2e-9, 0.25);
        record.Layers[1] = new LayerRecord(2, 4.0 / 3, double.MaxValue, double.Epsilon, 0);
        return record;
    }

    private static void AssertEqual(EpochRecord[] expected, IReadOnlyList<EpochRecord> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        foreach ((EpochRecord want, EpochRecord have) in expected.Zip(actual))
        {
            Assert.Equal(
                (want.Epoch, want.Step, want.Rate, want.Loss, want.Accuracy, want.ValidationLoss, want.ValidationAccuracy),
                (have.Epoch, have.Step, have.Rate, have.Loss, have.Accuracy, have.ValidationLoss, have.ValidationAccuracy));
            Assert.Equal(want.Layers.ToArray(), have.Layers.ToArray());
        }
    }
}
