using System.Globalization;
using System.Text;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Storage;
using NativeNet.Tests.Training;
using NativeNet.Training;

namespace NativeNet.Tests.Cli;

/// <summary>Networks that put out a class or a value for every frame of a signal, as users train and ask them.</summary>
public sealed class FrameProgramTests : IDisposable
{
    private const int Length = 16, Samples = 320;

    private readonly TemporaryFolder _folder = new();
    private readonly string _classifier, _amplifier;

    public FrameProgramTests()
    {
        _classifier = _folder.File("level.nn.json", """
            { "input": [16, 1], "classes": ["low", "middle", "high"], "batchSize": 16,
              "layers": [{ "type": "gru", "units": 8, "returnSequences": true }, { "type": "dense", "units": 3 }],
              "loss": "softmaxCrossEntropy", "training": { "epochs": 10, "rule": "adam", "learningRate": 0.02 } }
            """u8.ToArray());
        _amplifier = _folder.File("amplifier.nn.json", """
            { "input": [16, 1], "batchSize": 16, "layers": [{ "type": "lstm", "units": 8, "returnSequences": true }, { "type": "dense", "units": 1 }],
              "loss": "meanSquaredError", "training": { "epochs": 10, "rule": "adam", "learningRate": 0.02 } }
            """u8.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_class_for_every_frame_is_trained_judged_and_told()
    {
        string data = Levels(), weights = _folder.File("w"), report = _folder.File("report"), log = _folder.File("log.csv");
        CommandResult trained = CommandLine.Run($"train {_classifier} --data {data} --validation 0.1 --class-weights balanced --output {weights} --log {log}");
        Assert.Equal(0, trained.ExitCode);
        Assert.Equal("level: 275 parameters, 230 samples to train on, 26 held out, 64 to test", trained.Lines[0]);
        Assert.InRange(Number(trained.Lines[^1].Split(' ')[2]), 0.85, 1);
        Assert.Equal(11, File.ReadAllLines(log).Length);

        CommandResult judged = CommandLine.Run($"eval {_classifier} --weights {weights} --data {data} --top 2 --report {report}");
        Assert.Equal(trained.Lines[^1], judged.Lines[0]);
        Assert.Matches(@"^top-2 accuracy 0\.9\d+$|^top-2 accuracy 1\.0+$", judged.Lines[1]);
        Assert.Contains(" class  positions  precision  recall", judged.Lines);
        Assert.Equal("positions,1024", File.ReadAllLines(Path.Combine(report, "metrics.csv"))[1]);
        double[][] confusion = [.. File.ReadLines(Path.Combine(report, "confusion.csv")).Skip(1).Select(static row => row.Split(',')[1..].Select(Number).ToArray())];
        Assert.Equal(1024, confusion.Sum(static row => row.Sum()));
        Assert.Equal(Number(trained.Lines[^1].Split(' ')[2]), Enumerable.Range(0, 3).Sum(i => confusion[i][i]) / 1024, 1e-4);
        string[] worst = File.ReadAllLines(Path.Combine(report, "worst.csv"));
        Assert.Equal("sample,position,class,predicted,probability,loss", worst[0]);
        Assert.All(worst[1..], static row => Assert.InRange(Number(row.Split(',')[1]), 0, Length - 1));

        // A sample of the worst has the label that the file has at that place: the test takes every fifth row.
        string[] fields = worst[1].Split(',');
        string[] row = File.ReadAllLines(data)[1 + (int)(5 * Number(fields[0])) + 4].Split(',');
        Assert.Equal(row[Length + (int)Number(fields[1])], fields[2]);
    }

    [Fact]
    public void Predictions_tell_a_class_for_every_frame_in_every_form()
    {
        string data = Levels(), weights = _folder.File("w");
        Assert.Equal(0, CommandLine.Run($"train {_classifier} --data {data} --epochs 3 --output {weights}").ExitCode);
        string rows = string.Join('\n', File.ReadLines(data).Take(3).Select(static row => string.Join(',', row.Split(',')[..Length]))) + "\n";

        string[] text = Predict("");
        Assert.Equal(2, text.Length);
        Assert.Matches($@"^(low|middle|high) [01]\.\d{{4}}(, (low|middle|high) [01]\.\d{{4}}){{{Length - 1}}}$", text[0]);
        string[] classes = [.. text[1].Split(", ").Select(static position => position.Split(' ')[0])];

        string[] csv = Predict("--format csv --all");
        Assert.StartsWith("class0,probability0,0 low,0 middle,0 high,class1,probability1,1 low", csv[0], StringComparison.Ordinal);
        string[][] positions = [.. csv[2].Split(',').Chunk(5)];
        Assert.Equal(classes, positions.Select(static position => position[0]));
        Assert.All(positions, static position => Assert.Equal(1, Number(position[2]) + Number(position[3]) + Number(position[4]), 5e-6));
        Assert.All(positions, static position => Assert.Equal(position[1], position[2 + Array.IndexOf(["low", "middle", "high"], position[0])]));

        using var json = System.Text.Json.JsonDocument.Parse(Predict("--format json")[1]);
        Assert.Equal(classes, json.RootElement.EnumerateArray().Select(static position => position.GetProperty("class").GetString()));

        string[] Predict(string options) => CommandLine.Run($"predict {_classifier} --weights {weights} {options}", rows).Lines;
    }

    [Fact]
    public void A_value_for_every_frame_is_trained_judged_and_told()
    {
        string data = Amplified(), weights = _folder.File("w"), report = _folder.File("report");
        CommandResult trained = CommandLine.Run($"train {_amplifier} --data {data} --target 16..31 --output {weights}");
        Assert.Equal(0, trained.ExitCode);
        Assert.InRange(Number(trained.Lines[^1].Split(' ')[6]), 0.97, 1);
        Assert.Equal(trained.Lines[^1], CommandLine.Run($"eval {_amplifier} --weights {weights} --data {data} --report {report}").Lines[0]);
        Assert.Equal(Length + 1, File.ReadAllLines(Path.Combine(report, "outputs.csv")).Length);

        string[] row = File.ReadLines(data).First().Split(',');
        string predicted = Assert.Single(CommandLine.Run($"predict {_amplifier} --weights {weights} --header no", string.Join(',', row[..Length])).Lines);
        double[] errors = [.. predicted.Split(' ').Zip(row[Length..], static (found, wanted) => Math.Abs(Number(found) - Number(wanted)))];
        Assert.Equal(Length, errors.Length);
        Assert.InRange(errors.Average(), 0, 0.1);
    }

    /// <summary>The same frames, once a row each and once as many a row as the network takes.</summary>
    [Theory]
    [InlineData("level", 1)]
    [InlineData("amplifier", 1)]
    [InlineData("last", Length)]
    public void A_signal_with_a_row_a_frame_is_cut_into_samples(string name, int step)
    {
        string network = name switch
        {
            "level" => _classifier,
            "amplifier" => _amplifier,
            _ => _folder.File("last.nn.json", """
                { "input": [16, 1], "batchSize": 16, "layers": [{ "type": "rnn", "units": 5 }, { "type": "dense", "units": 1 }], "loss": "meanSquaredError" }
                """u8.ToArray()),
        };
        string data = name == "level" ? Levels() : Amplified();
        string[] rows = [.. File.ReadLines(data).Skip(name == "level" ? 1 : 0)];
        string[] frames = [.. rows.SelectMany(static row => Enumerable.Range(0, Length).Select(t => row.Split(',')[t] + "," + row.Split(',')[Length + t])), "0.5," + (name == "level" ? "low" : "1")];
        string signal = _folder.File("signal.csv", Encoding.ASCII.GetBytes("x,target\n" + string.Join('\n', frames)));
        if (step > 1)
            data = _folder.File("last.csv", Encoding.ASCII.GetBytes(string.Join('\n', rows.Select(static row => string.Join(',', row.Split(',')[..Length]) + "," + row.Split(',')[^1]))));

        string one = _folder.File("one"), other = _folder.File("other");
        CommandResult cut = CommandLine.Run($"train {network} --data {signal} --rows frames --epochs 2 --output {one}");
        CommandResult whole = CommandLine.Run($"train {network} --data {data} --epochs 2 --output {other}");
        Assert.Equal((0, 0), (cut.ExitCode, whole.ExitCode));
        Assert.Equal(whole.Lines[^1], cut.Lines[^1]);
        Assert.Equal(File.ReadAllBytes(other), File.ReadAllBytes(one));
        Assert.Equal(cut.Lines[^1], Assert.Single(CommandLine.Run($"eval {network} --data {signal} --rows frames --weights {one}").Lines));

        // The signal goes on behind the frames that the network was trained on; up to there it is what a sample says.
        string[] inputs = [.. frames[..(2 * Length)].Select(static frame => frame.Split(',')[0])];
        string[] told = CommandLine.Run($"predict {network} --weights {one} --rows frames --header no", string.Join('\n', inputs)).Lines;
        Assert.Equal(2 * Length, told.Length);
        string sample = Assert.Single(CommandLine.Run($"predict {network} --weights {one} --header no", string.Join(',', inputs[..Length])).Lines);
        Assert.Equal(step > 1 ? [sample] : sample.Split(name == "level" ? ", " : " "), told[..Length].Where((_, t) => t % step == step - 1));
    }

    /// <summary>Windows in their order, the last fifth of them for the test; stopped within an epoch and continued, too.</summary>
    [Fact]
    public void A_stateful_network_takes_the_windows_in_their_order()
    {
        var random = new Random(4);
        string[] frames = [.. Enumerable.Range(0, 60 * 5).Select(_ => string.Create(CultureInfo.InvariantCulture, $"{random.NextSingle() - 0.5f},{random.NextSingle() - 0.5f},{random.Next(3)}"))];
        string data = _folder.File("data.csv", Encoding.ASCII.GetBytes(string.Join('\n', frames))), model = _folder.File("stateful.nn.json", Encoding.UTF8.GetBytes(Stateful.Json)), weights = _folder.File("w");
        CommandResult trained = CommandLine.Run($"train {model} --data {data} --rows frames --seed 9 --epochs 3 --rule adam --learning-rate 0.01 --output {weights}");
        Assert.Equal(0, trained.ExitCode);
        Assert.Contains("48 samples to train on, 12 to test", trained.Lines[0], StringComparison.Ordinal);

        DataSet samples = CsvReader.Load(data, new CsvOptions { ClassCount = 3 }).ToSignals(5);
        using var session = new TrainingSession<Stateful>(seed: 9);
        for (int epoch = 0; epoch < 3; epoch++)
            session.TrainEpoch(samples.Select([.. Enumerable.Range(0, 48)]), new Adam(0.01f));
        float[] own = new float[Stateful.ParametersLength];
        ParameterFile.Load(weights, Stateful.Tensors, own);
        Assert.Equal(session.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits), own.Select(BitConverter.SingleToInt32Bits));

        Assert.Contains("36 samples to train on, 12 held out, 12 to test", CommandLine.Run($"train {model} --data {data} --rows frames --epochs 1 --validation 0.25").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train flat.nn.json --data amplified.csv --rows frames", "--rows frames is for networks that take a signal, and flat takes 3")]
    [InlineData("train shorter.nn.json --data amplified.csv --rows frames", "shorter puts out 14×1 for 16 frames")]
    [InlineData("train amplifier.nn.json --data amplified.csv --rows frames", "has 31 values a frame; the network amplifier takes 1")]
    [InlineData("train amplifier.nn.json --data amplified.csv --rows frames --target 1..31", "has 31 targets a frame; the network amplifier has 1")]
    [InlineData("train amplifier.nn.json --data short.csv --rows frames", "has 2 frames; the network amplifier takes 16")]
    [InlineData("train amplifier.nn.json --data short.csv --rows frames --missing drop", "would join frames that are no neighbours")]
    [InlineData("train amplifier.nn.json --data short.csv --rows frame", "--rows has no 'frame'; did you mean 'frames'?")]
    [InlineData("predict shorter.nn.json --weights none --rows frames", "--rows frames is for networks none of whose outputs depends on a later frame")]
    public void Rows_that_are_no_frames_are_told(string command, string error)
    {
        _folder.File("flat.nn.json", """{ "input": [3], "batchSize": 4, "layers": [{ "type": "dense", "units": 1 }], "loss": "meanSquaredError" }"""u8.ToArray());
        _folder.File("shorter.nn.json", """{ "input": [16, 1], "batchSize": 4, "layers": [{ "type": "conv1d", "filters": 1, "kernelSize": 3 }], "loss": "meanSquaredError" }"""u8.ToArray());
        _folder.File("short.csv", "1,2\n3,4\n"u8.ToArray());
        Amplified();
        string[] words = [.. command.Split(' ').Select(word => word.EndsWith(".csv", StringComparison.Ordinal) || word.EndsWith(".json", StringComparison.Ordinal) ? _folder.File(word) : word)];
        CommandResult result = CommandLine.Run(string.Join(' ', words));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    /// <summary>A run from the file by the command, and the compiled network in a session of the library.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("--class-weights balanced")]
    public void A_run_of_a_file_has_the_bits_of_the_compiled_network(string options)
    {
        Shape shape = Shape.Of(6, 3);
        var random = new Random(4);
        string rows = string.Concat(Enumerable.Range(0, 39).Select(_ => string.Join(',', Enumerable.Range(0, shape.Length).Select(_ => (random.NextSingle() - 0.5f).ToString(CultureInfo.InvariantCulture)))
            + "," + string.Join(',', Enumerable.Range(0, 6).Select(_ => random.Next(random.Next(1, 5)))) + "\n"));
        string data = _folder.File("data.csv", Encoding.ASCII.GetBytes(rows)), model = _folder.File("frames.nn.json", Encoding.UTF8.GetBytes(Frames.Json)), weights = _folder.File("w");
        CommandResult trained = CommandLine.Run($"train {model} --data {data} --test {data} --seed 9 --epochs 3 --rule adam --learning-rate 0.01 --threads 2 --output {weights} {options}");
        Assert.Equal(0, trained.ExitCode);

        DataSet samples = CsvReader.Load(data, new CsvOptions { LabelColumns = ["-6..-1"], ClassCount = 4, InputShape = shape });
        using var session = new TrainingSession<Frames>(seed: 9);
        if (options.Length > 0)
            session.ClassWeights = ClassWeights.Balanced(samples);
        for (int epoch = 0; epoch < 3; epoch++)
            session.TrainEpoch(samples, new Adam(0.01f));
        float[] own = new float[Frames.ParametersLength];
        ParameterFile.Load(weights, Frames.Tensors, own);
        Assert.Equal(session.Parameters.ToArray().Select(BitConverter.SingleToInt32Bits), own.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"test accuracy {session.Evaluate(samples).Accuracy:F4} loss {session.Evaluate(samples).Loss:F4}"), trained.Lines[^1]);
    }

    [Theory]
    [InlineData("", "in each row the inputs, then the classes of its 16 positions")]
    [InlineData("--data levels.csv --label phase15..phase0", "the columns 'phase15..phase0' end before they begin")]
    [InlineData("--data levels.csv --label phase0..phase16", "there is no column 'phase16' for the label")]
    [InlineData("--data levels.csv --label phase0..phase3,phase2", "the column 'phase2' is named twice")]
    [InlineData("--data levels.csv --label 17..31", "is not a number; numbers look like")]
    [InlineData("--data levels.csv --label 15..31", "label '")]
    [InlineData("--data levels.csv --target 16..31", "say which column has them with --label")]
    public void Columns_that_do_not_fit_are_told(string options, string error)
    {
        CommandResult result = CommandLine.Run($"train {_classifier} {options.Replace("levels.csv", Levels(), StringComparison.Ordinal)}");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Signals, and whether what a filter makes of them is low, high or neither.</summary>
    private string Levels()
    {
        (float[] inputs, float[] states) = new Signals(3).Filtered(Samples, Length);
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Length).Select(static t => $"x{t}").Concat(Enumerable.Range(0, Length).Select(static t => $"phase{t}"))) + "\n");
        for (int i = 0; i < Samples; i++)
        {
            text.AppendJoin(',', inputs.Skip(i * Length).Take(Length).Select(static value => value.ToString(CultureInfo.InvariantCulture)))
                .Append(',').AppendJoin(',', states.Skip(i * Length).Take(Length).Select(static state => state < -0.4 ? "low" : state > 0.4 ? "high" : "middle")).Append('\n');
        }

        return _folder.File("levels.csv", Encoding.ASCII.GetBytes(text.ToString()));
    }

    private string Amplified()
    {
        (float[] inputs, float[] targets) = new Signals(3).Filtered(Samples, Length);
        return _folder.File("amplified.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Samples).Select(
            i => string.Join(',', inputs.Skip(i * Length).Take(Length).Concat(targets.Skip(i * Length).Take(Length)).Select(static value => value.ToString(CultureInfo.InvariantCulture))) + "\n"))));
    }
}
