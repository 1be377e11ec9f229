using System.Diagnostics;
using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

public sealed class PredictTests : IDisposable
{
    private static readonly string Row = string.Join(',', Enumerable.Repeat("8", 64));

    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;

    public PredictTests()
    {
        _weights = _folder.File("digits.safetensors");
        Assert.Equal(0, CommandLine.Run($"train --epochs 1 --output {_weights}").ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_row_is_answered_before_the_next_is_asked()
    {
        using Process process = CommandLine.Start($"predict digits --weights {_weights}");
        for (int i = 0; i < 3; i++)
        {
            process.StandardInput.WriteLine(Row);
            process.StandardInput.Flush();
            Assert.Matches(@"^[0-9] [01]\.[0-9]{4}$", process.StandardOutput.ReadLine()!);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void The_first_answer_does_not_wait_for_other_threads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names of threads are looked up as Linux has them");
        using Process process = CommandLine.Start($"predict digits --weights {_weights}");
        process.StandardInput.WriteLine(Row);
        process.StandardInput.Flush();
        Assert.NotNull(process.StandardOutput.ReadLine());

        Assert.DoesNotContain(".NET TP Worker", ThreadNames(process.Id));
        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Fact]
    public void Scores_that_are_not_finite_are_no_answer()
    {
        float[] parameters = new float[Networks.Digits.ParametersLength];
        ParameterFile.Load(_weights, Networks.Digits.Tensors, parameters);
        parameters.AsSpan(0, Networks.Digits.TrainedLength).Fill(3e38f);
        ParameterFile.Save(_weights, Networks.Digits.Tensors, parameters);

        CommandResult result = CommandLine.Run($"predict digits --weights {_weights}", $"{Row}\n");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal("nativenet: standard input(1): the scores are not finite; the weights are those of a run that broke down\n", result.Error);
    }

    [Fact]
    public void A_wrong_row_is_named_after_the_answers_before_it()
    {
        CommandResult result = CommandLine.Run($"predict digits --weights {_weights}", $"{Row}\n\n{Row}\n1,2\n{Row}\n");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.Lines.Length);
        Assert.Equal("nativenet: standard input(4,3): the row ends after 2 columns; it must have 64\n", result.Error);
    }

    [Fact]
    public void A_file_gives_the_same_answers_as_standard_input()
    {
        string file = _folder.File("rows.csv", System.Text.Encoding.ASCII.GetBytes($"{Row}\n"));

        CommandResult result = CommandLine.Run($"predict digits {file} --weights {_weights}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(CommandLine.Run($"predict digits - --weights {_weights}", Row).Output, result.Output);
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        CommandResult result = CommandLine.Run($"predict deep --weights {_weights}", Row);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("belongs to another", result.Error, StringComparison.Ordinal);
    }

    private static string[] ThreadNames(int process)
        => [.. Directory.GetDirectories($"/proc/{process}/task").Select(static thread => File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd())];
}
