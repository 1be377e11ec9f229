using System.Text;
using NativeNet.Tests.Data;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>Predictions for people and programs: one line out for each row or image in.</summary>
public sealed class PredictionFormatTests : IDisposable
{
    private const string Rows = "a;b;c;d\n180;6.5;9.8;0.5\n\n250;8.4;8.8;0.72\n";

    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "fruit.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_numbers_give_words_csv_or_json()
    {
        string weights = _folder.File("w");
        Assert.Equal(0, CommandLine.Run($"train --data {Data} --label kind --epochs 20 --output {weights}", program: "fruit").ExitCode);

        const string Share = @"(0|1|0\.\d{1,6})";
        Assert.Matches($"^class,probability,apple,pear,quince\npear,{Share},{Share},{Share},{Share}\nquince,{Share},{Share},{Share},{Share}\n$", Predict("--format csv --all", Rows));
        Assert.Matches($"^pear,{Share}\n$", Predict("--format csv", "180,6.5,9.8,0.5"));
        Assert.Matches($"^{{\"class\": \"pear\", \"probability\": {Share}}}\n{{\"class\": \"quince\", \"probability\": {Share}}}\n$", Predict("--format json", Rows));
        Assert.Matches($"^{{\"class\": \"pear\", \"probability\": {Share}, \"probabilities\": {{\"apple\": {Share}, \"pear\": {Share}, \"quince\": {Share}}}}}\n", Predict("--format json --all", Rows));
        Assert.Matches("^pear [01]\\.\\d{4} apple=[01]\\.\\d{4} pear=[01]\\.\\d{4} quince=[01]\\.\\d{4}\n", Predict("--all", Rows));
        Assert.Matches("^pear [01]\\.\\d{4}\n$", Predict("--header yes --delimiter |", "1|2|3|4\n180|6.5|9.8|0.5\n"));

        string Predict(string options, string rows)
        {
            CommandResult result = CommandLine.Run($"predict fruit --weights {weights} {options}", rows, "fruit");
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            return result.Output;
        }
    }

    [Fact]
    public void Images_by_class_train_a_network_that_names_images()
    {
        foreach ((int i, string name) in ((string[])["dark", "light"]).Index())
        {
            string folder = Path.Combine(_folder.Path, "images", name);
            Directory.CreateDirectory(folder);
            for (int k = 0; k < 10; k++)
            {
                int[] pixels = [.. Enumerable.Range(0, 12).Select(p => (i * 150) + ((p * 7) + (k * 5)) % 60)];
                File.WriteAllBytes(Path.Combine(folder, FormattableString.Invariant($"{k}.png")), PngFile.Encode(0, 8, 4, pixels));
            }
        }

        string weights = _folder.File("w"), image = Path.Combine(_folder.Path, "images", "light", "3.png");
        string model = _folder.File("m.nn.json", """
            { "input": [3, 4, 1], "classes": ["dark", "light"], "layers": [{ "type": "flatten" }, { "type": "dense", "units": 2 }], "loss": "softmaxCrossEntropy", "batchSize": 4 }
            """u8.ToArray());
        CommandResult trained = CommandLine.Run($"train {model} --data {Path.Combine(_folder.Path, "images")} --test 0.2 --epochs 40 --output {weights}");
        Assert.Equal("m: 26 parameters, 16 samples to train on, 4 to test", trained.Lines[0]);

        string map = _folder.File("a.pgm", Encoding.ASCII.GetBytes("P2 4 3 255 " + string.Join(' ', Enumerable.Repeat("20", 12))));
        CommandResult predicted = CommandLine.Run($"predict {model} --weights {weights} {image} {map}");
        Assert.Collection(predicted.Lines, static line => Assert.StartsWith("light ", line, StringComparison.Ordinal), static line => Assert.StartsWith("dark ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("predict fruit --weights w --format xml", "--format must be csv or json, not 'xml'")]
    [InlineData("predict fruit --weights w a.csv b.csv", "predict reads one file; leave out 'b.csv'")]
    public void Wrong_options_are_told(string arguments, string problem)
    {
        string weights = _folder.File("w");
        CommandLine.Run($"train --data {Data} --label kind --epochs 1 --output {weights}", program: "fruit");
        CommandResult result = CommandLine.Run(arguments.Replace("--weights w", $"--weights {weights}", StringComparison.Ordinal), program: "fruit");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }
}
