using System.Globalization;
using System.Runtime.Intrinsics;

namespace NativeNet.Tests;

/// <summary>Proves that a run of the suite with an instruction set switched off is one.</summary>
public sealed class InstructionSetTests
{
    private const string Variable = "NATIVENET_EXPECT_VECTOR_BITS";

    [Fact]
    public void The_widest_vectors_are_those_that_this_run_is_for()
    {
        string? expected = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(expected), $"{Variable} is not set");

        int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Assert.Equal(int.Parse(expected!, CultureInfo.InvariantCulture), widest);
    }
}
