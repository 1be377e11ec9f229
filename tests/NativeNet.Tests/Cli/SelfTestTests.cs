namespace NativeNet.Tests.Cli;

public sealed class SelfTestTests
{
    [Fact]
    public void The_program_finds_itself_equal_to_the_reference()
    {
        CommandResult result = CommandLine.Run("selftest");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("93 passed, 0 failed", result.Lines[^1]);
        Assert.Equal("arithmetic: subnormals kept, rounding to nearest", result.Lines[1]);
        Assert.Equal(3, result.Lines.Length);
    }
}
