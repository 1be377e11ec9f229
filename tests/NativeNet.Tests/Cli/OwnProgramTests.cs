using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>The program of <c>examples/Fruit</c>: a network, data and labels that are nobody's here.</summary>
public sealed class OwnProgramTests : IDisposable
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "fruit.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_trains_judges_and_predicts_by_the_names_of_its_classes()
    {
        string weights = _folder.File("fruit.safetensors"), report = _folder.File("report");
        CommandResult trained = Fruit($"train --data {Data} --label kind --test 0.2 --output {weights}");
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Equal("fruit: 139 parameters, 144 samples to train on, 36 to test", trained.Lines[0]);

        CommandResult judged = Fruit($"eval fruit --weights {weights} --data {Data} --label kind --test 0.2 --report {report}");
        Assert.Equal(trained.Lines[^1], judged.Lines[0]);
        Assert.Contains("predicted      apple    pear  quince", judged.Lines);
        Assert.StartsWith("class,predicted apple,predicted pear,predicted quince,undecided\napple,", File.ReadAllText(Path.Combine(report, "confusion.csv")), StringComparison.Ordinal);
        Assert.Contains(">quince</text>", File.ReadAllText(Path.Combine(report, "confusion.svg")), StringComparison.Ordinal);

        CommandResult predicted = Fruit($"predict fruit --weights {weights}", "180,6.5,9.8,0.5\n250,8.4,8.8,0.72\n");
        Assert.Collection(predicted.Lines, static line => Assert.Matches(@"^pear [01]\.\d{4}$", line), static line => Assert.Matches(@"^quince [01]\.\d{4}$", line));
    }

    [Theory]
    [InlineData("", "fruit: fruit needs --data FILE.csv: in each row the inputs, then the class\n")]
    [InlineData("--data {0}", "(2,1): 'pear' is not a number")]
    [InlineData("--data {0} --label weight", "there is no column 'weight' for the label")]
    [InlineData("--data {0} --label kind --test 2", "fruit: --test must be a CSV file, or a share above 0 and below 1, not '2'\n")]
    [InlineData("--data {0} --label kind --delimiter x", "fruit: --delimiter must be one of , ; | : / tab or space, not 'x'\n")]
    [InlineData("--data {0} --label kind --header maybe", "fruit: --header must be yes or no, not 'maybe'\n")]
    [InlineData("--data {0} --label kind --missing dorp", "fruit: --missing has no 'dorp'; did you mean 'drop'?\n")]
    [InlineData("--label kind", "fruit: --label, --target, --rows, --delimiter, --header, --missing and --test are for CSV files; name one with --data FILE.csv\n")]
    public void What_does_not_fit_is_told_with_the_remedy(string options, string error)
    {
        string data = _folder.File("data.csv", File.ReadAllBytes(Data));
        CommandResult result = Fruit("train " + string.Format(System.Globalization.CultureInfo.InvariantCulture, options, data));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_holds_the_test_and_rows_with_gaps_are_left_out()
    {
        string train = _folder.File("train.csv", "a;b;c;d;kind\n1;2;3;4;pear\n1;;3;4;pear\n2;3;4;5;apple\n3;4;5;6;quince\n"u8.ToArray());
        string test = _folder.File("test.csv", "a;b;c;d;kind\n1;2;3;4;pear\n"u8.ToArray());
        CommandResult result = Fruit($"train --data {train} --test {test} --missing drop --epochs 1");
        Assert.Equal("fruit: 139 parameters, 3 samples to train on, 1 to test", result.Lines[0]);
    }

    [Fact]
    public void Its_texts_have_its_name()
    {
        string text = Fruit("train --help").Output;
        Assert.Contains("Usage: fruit train [NETWORK]", text, StringComparison.Ordinal);
        Assert.Contains("NETWORK is fruit when left out.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nativenet", text, StringComparison.Ordinal);
        Assert.StartsWith("fruit ", Fruit("--version").Output, StringComparison.Ordinal);
    }

    private static CommandResult Fruit(string arguments, string input = "") => CommandLine.Run(arguments, input, "fruit");
}
