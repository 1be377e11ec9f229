using System.Text.RegularExpressions;

namespace NativeNet.Tests.Cli;

public sealed partial class UsageTests
{
    [Theory]
    [InlineData("trian", "unknown command 'trian'; did you mean 'train'?")]
    [InlineData("--verbose", "unknown option '--verbose'; use ")]
    [InlineData("train digit", "there is no network 'digit'; did you mean 'digits'? There are digits, mnist, mnist-wide, deep, lenet, resnet, separable")]
    [InlineData("train x", "there is no network 'x'; there are digits, mnist, mnist-wide, deep, lenet, resnet, separable")]
    [InlineData("train --epoch 3", "train has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("info --epochs 3", "info has no option '--epochs'; it takes none")]
    [InlineData("train --epochs", "--epochs needs a value; see nativenet train --help")]
    [InlineData("train --epochs --seed 3", "--epochs needs a value; see nativenet train --help")]
    [InlineData("train --data=", "--data needs a value; see nativenet train --help")]
    [InlineData("train \"\"", "an argument is empty; leave it out or give it a value")]
    [InlineData("train --seed 1 --seed=2", "--seed is given twice; once is enough")]
    [InlineData("train --epochs 0", "--epochs must be a whole number from 1 to 1000000, not '0'")]
    [InlineData("train --learning-rate NaN", "--learning-rate must be a number above 0, not 'NaN'")]
    [InlineData("train --learning-rate 0,1", "--learning-rate must be a number above 0, not '0,1'")]
    [InlineData("train --class-weights even", "--class-weights has no 'even'; use 'balanced'")]
    [InlineData("train --decay-biases no", "--decay-biases must be true or false, not 'no'")]
    [InlineData("train --weight-decay -1", "--weight-decay must be a number of 0 or more, not '-1'")]
    [InlineData("train --seed -1", "--seed must be a whole number from 0 to 18446744073709551615, not '-1'")]
    [InlineData("train --rule adan", "there is no rule 'adan'; did you mean 'adam'?")]
    [InlineData("train --schedule stop:5:0.5", "there is no schedule 'stop'; did you mean 'step'?")]
    [InlineData("train --schedule step:500", "--schedule 'step:500' has too few or too many settings; write step:N:D")]
    [InlineData("train --schedule step:0:0.5", "in --schedule step:N:D, N must be a whole number from 1 to 1000000, not '0'")]
    [InlineData("train --schedule exponential:0", "in --schedule exponential:D, D must be a number above 0 and at most 1, not '0'")]
    [InlineData("train --schedule cosine:5:NaN", "in --schedule cosine:N[:F], F must be a number from 0 to 1, not 'NaN'")]
    [InlineData("train --warmup -1", "--warmup must be a whole number from 0 to 1000000, not '-1'")]
    [InlineData("train --threads 257", "--threads must be a whole number from 1 to 256, not '257'")]
    [InlineData("train --validation 1", "--validation must be a number above 0 and below 1, not '1'")]
    [InlineData("train --validation 0.1 --early-stop 0", "--early-stop must be a whole number from 1 to 1000000, not '0'")]
    [InlineData("train --early-stop 5", "--early-stop judges by samples held out of the training data; say how many with --validation 0.1")]
    [InlineData("train --clip-norm 0", "--clip-norm must be a number above 0, not '0'")]
    [InlineData("train --accumulate 0", "--accumulate must be a whole number from 1 to 65536, not '0'")]
    [InlineData("train --accumulate 2 --threads 2", "--threads has no part in steps with --clip-norm or --accumulate; leave it out")]
    [InlineData("train --every 5", "--every is the epochs between checkpoints; say where with --checkpoint FILE")]
    [InlineData("sweep --learning-rates 0.1,x", "--learning-rates must be numbers above 0 with commas between, not '0.1,x'")]
    [InlineData("sweep --seeds 0", "--seeds must be a whole number from 1 to 1000, not '0'")]
    [InlineData("amplitudes mnist", "mnist needs --data FOLDER with ")]
    [InlineData("plot", "plot needs run logs, which ")]
    [InlineData("train --rule 0", "there is no rule '0'; use ")]
    [InlineData("train digits 5", "Argument '5' is not recognized.")]
    [InlineData("train mnist", "mnist needs --data FOLDER with train-images-idx3-ubyte, ")]
    [InlineData("eval", "eval needs a network: digits, ")]
    [InlineData("eval digits", "eval needs --weights FILE, ")]
    [InlineData("eval digits --weights w --top 0", "--top must be a whole number from 1 to 65536, not '0'")]
    [InlineData("eval digits --weights w --top 11", "--top must be at most 10, the classes of digits, not 11")]
    [InlineData("predict digits", "predict needs --weights FILE, ")]
    [InlineData("predict digits a b --weights w", "predict reads one file; leave out 'b'")]
    [InlineData("export", "export needs c, pytorch or onnx, a network and --output; see nativenet export --help")]
    [InlineData("export rust digits --output x", "there is no format 'rust'; use c, pytorch or onnx")]
    [InlineData("export onnx digits --output x", "export onnx needs --weights FILE, ")]
    [InlineData("export onnx digits --weights w --output x --images nhcw", "--images must be nchw or nhwc, not 'nhcw'")]
    [InlineData("export onnx digits --weights w --output x --training full", "a graph holds predictions alone: --training is none, not 'full'")]
    [InlineData("export onnx digits --weights w --output x --batch 3", "--batch, --prefix and --rule are for c; leave them out")]
    [InlineData("export pytorch digits --weights w --output x --images nchw", "--images and --training are for onnx; leave them out")]
    [InlineData("import onnx x.onnx", "import needs onnx, an ONNX file and --output FOLDER; ")]
    [InlineData("import onnx x.onnx --output x --weights w", "--weights is for pytorch; an ONNX file has its own: leave it out")]
    [InlineData("import pytorch x.nn.json --weights w --output x --check c", "--check is for onnx; leave it out")]
    [InlineData("eval digits --weights w --layout keras", "--layout must be nativenet, not 'keras'")]
    [InlineData("export c digits --rule none --output x", "a device that does not train needs --weights FILE")]
    [InlineData("export c digits --rule sdg --output x", "there is no rule 'sdg'; did you mean 'sgd'?")]
    [InlineData("export c digits --batch 0 --output x", "--batch must be a whole number from 1 to 65536, not '0'")]
    [InlineData("export c digits --prefix Digits --output x", "--prefix must be lowercase letters, digits and _, at most 40, a letter first, not 'Digits'")]
    [InlineData("fold net.nn.json", "fold needs a network file, --weights FILE, ")]
    [InlineData("bench digit", "there is no network 'digit'; did you mean 'digits'? ")]
    [InlineData("bench --threads 0", "--threads must be a whole number from 1 to 256, not '0'")]
    public void A_wrong_command_line_is_answered_with_one_line(string arguments, string message)
    {
        CommandResult result = CommandLine.Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"nativenet: {message}", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("train --data {0}/missing.csv --epochs 1", "Could not find file")]
    [InlineData("train mnist --data {0}", "{0}: has none of train-images-idx3-ubyte, ")]
    [InlineData("eval digits --weights {0}", "{0}: is a folder")]
    [InlineData("predict digits --weights {0}", "{0}: is a folder")]
    [InlineData("predict digits {0} --weights w", "{0}: is a folder; name a file in it")]
    [InlineData("train --output {0}", "{0}: is a folder")]
    [InlineData("eval digits --weights w --report /dev/null", "/dev/null: is a file; name a folder")]
    [InlineData("sweep --out /dev/null", "/dev/null: is a file; name a folder")]
    [InlineData("train --checkpoint {0}/none/x", "{0}/none/x: there is no folder")]
    [InlineData("train --log {0}", "{0}: is a folder")]
    [InlineData("train --json {0}/none/x.json", "{0}/none/x.json: there is no folder")]
    [InlineData("train --json /dev/null", "/dev/null: is a device or a pipe; name a regular file")]
    public void A_file_that_will_not_do_is_named(string arguments, string message)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "paths and devices are those of Linux");
        using var folder = new Storage.TemporaryFolder();

        CommandResult result = CommandLine.Run(Format(arguments, folder.Path));

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"nativenet: {Format(message, folder.Path)}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void Help_shows_every_network_with_what_it_is_trained_with()
    {
        CommandResult result = CommandLine.Run("train --help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\n  deep         1000 epochs of sgd at 0.035  on the built-in digits\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(result.Output, CommandLine.Run("help train").Output);
    }

    [Fact]
    public void Version_is_a_name_and_three_numbers()
        => Assert.Matches(VersionLine(), CommandLine.Run("--version").Output);

    [Fact]
    public void Info_tells_the_plan()
    {
        CommandResult result = CommandLine.Run("info digits");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\n2 dense            10         330            320     4 chains\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(8, CommandLine.Run("info").Lines.Length);
    }

    private static string Format(string text, string folder) => text.Replace("{0}", folder, StringComparison.Ordinal);

    [GeneratedRegex(@"^nativenet \d+\.\d+\.\d+\n$")]
    private static partial Regex VersionLine();
}
