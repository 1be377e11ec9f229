using NativeNet.Description;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>Messages, wherever they go and whatever they quote.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train nosuch", 2)]
    [InlineData("train --epochs x", 2)]
    [InlineData("predict digits --weights nofile", 1)]
    [InlineData("train digits --learning-rate 1000", 3)]
    [InlineData("fold a b c", 2)]
    public void The_exit_code_stays_where_no_message_can_be_written(string arguments, int code)
    {
        foreach (string error in (string[])["2>&-", "2> /dev/full", "2> >(true)"])
            Assert.Equal((error, code), (error, CommandLine.RunShell(_folder.Path, $"nativenet {arguments} > /dev/null {error}").ExitCode));
    }

    [Fact]
    public void Results_do_not_get_into_files_where_standard_output_is_closed()
    {
        CommandResult result = CommandLine.RunShell(_folder.Path, "nativenet train --epochs 1 --output w >&-");
        Assert.Equal((1, "nativenet: standard output is closed; send it to /dev/null if nobody is to read it\n"), (result.ExitCode, result.Error));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        // The message would get into the file that is opened next.
        CommandLine.RunShell(_folder.Path, "nativenet train --learning-rate 1000 --checkpoint c --json j 2>&- > /dev/null");
        Assert.StartsWith("{", File.ReadAllText(_folder.File("j")), StringComparison.Ordinal);
        Assert.EndsWith("}\n", File.ReadAllText(_folder.File("j")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_under_standard_output_is_named()
    {
        CommandResult result = CommandLine.RunShell(_folder.Path, "nativenet info > /dev/full");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("nativenet: standard output: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --data", "1,2\u001b[31m\u0007\u202e,x\n")]
    [InlineData("plot", "epoch,\u001b]0;title\u0007\n1,2\n")]
    [InlineData("info", "{ \"input\": [4], \"\u001b[2J\u009b31m\": 1, \"layers\": [ { \"type\": \"\u001b[31m\", \"name\": \"\\u001b[31m\" } ] }")]
    public void Control_characters_of_a_file_do_not_reach_the_terminal(string command, string content)
    {
        string path = _folder.File("x.nn.json", System.Text.Encoding.UTF8.GetBytes(content));
        CommandResult result = CommandLine.Run($"{command} {path}");

        Assert.Equal(1, result.ExitCode);
        Assert.All(result.Error.TrimEnd('\n').Split('\n'), static line =>
        {
            Assert.StartsWith("nativenet: ", line, StringComparison.Ordinal);
            Assert.DoesNotContain(line, static c => char.IsControl(c) || c == '\u202e');
        });
    }

    [Fact]
    public void A_message_is_short_however_long_what_it_quotes_is()
    {
        string mistakes = string.Join(',', Enumerable.Range(0, 100_000).Select(static i => FormattableString.Invariant($"\"key{i}\": 1")));
        string path = _folder.File("x.nn.json", System.Text.Encoding.UTF8.GetBytes($"{{ {mistakes} }}"));
        CommandResult result = CommandLine.Run($"info {path}");

        Assert.Equal(1, result.ExitCode);
        Assert.InRange(result.Error.Length, 100, 10_000);
        Assert.InRange(CommandLine.Run($"train {new string('n', 100_000)}").Error.Length, 100, 400);
    }

    [Theory]
    [InlineData("a\nb\r\t\u0000\u001b\u0085\u2028\u200f", "a\\u000Ab\\u000D\\u0009\\u0000\\u001B\\u0085\\u2028\\u200F")]
    public void What_is_not_printable_is_escaped(string message, string expected) => Assert.Equal(expected, Excerpt.OfMessage(message));

    [Fact]
    public void What_is_printable_stays_and_half_a_character_is_none()
        => Assert.Equal("ä € 😀 \\uD83D", Excerpt.OfMessage("ä € 😀 \ud83d"));

    [Fact]
    public void A_long_message_keeps_its_begin_and_its_end()
    {
        string message = Excerpt.OfMessage("path: " + new string('x', 75_000_000) + "; do this");
        Assert.InRange(message.Length, 250, 320);
        Assert.StartsWith("path: xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("xxx; do this", message, StringComparison.Ordinal);
    }
}
