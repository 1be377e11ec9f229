using NativeNet.Processes;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Processes;

/// <summary>What of MPI is loaded, and when.</summary>
public sealed class JoiningTests
{
    [Fact]
    public void A_process_that_was_started_alone_has_no_team()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null, "mpirun has started the tests");

        Assert.Null(ProcessTeam.Join());
        Assert.DoesNotContain("libmpi", OperatingSystem.IsLinux() ? File.ReadAllText("/proc/self/maps") : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "1", false)]
    [InlineData("OMPI_COMM_WORLD_SIZE", "2", true)]
    [InlineData("PMI_SIZE", "1", false)]
    [InlineData("PATH", "2", false)]
    public void The_environment_tells_of_others(string variable, string value, bool expected)
        => Assert.Equal(expected, ProcessTeam.WasStartedWithOthers(name => name == variable ? value : null));

    [Fact]
    public void Processes_of_another_MPI_are_refused_by_name()
    {
        var refused = Assert.Throws<ProcessesUnavailableException>(() => ProcessTeam.WasStartedWithOthers(static name => name == "PMI_SIZE" ? "4" : null));

        Assert.Contains("MPICH", refused.Message, StringComparison.Ordinal);
        Assert.Contains("one of 4 processes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_named_with_the_remedy()
    {
        Assert.Null(OpenMpi.Start(["libno-such-mpi.so.40"], out string problem));

        Assert.Contains("libno-such-mpi.so.40 is not found", problem, StringComparison.Ordinal);
        Assert.Contains("openmpi-bin", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_refused_by_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries are built the Linux way");
        using var folder = new TemporaryFolder();
        string source = folder.File("other.c", "#include <string.h>\nint MPI_Get_library_version(char *text, int *length) { strcpy(text, \"MPICH Version: 4.0.2\\nbuilt long ago\"); *length = (int)strlen(text); return 0; }\n"u8.ToArray());
        string library = Path.Combine(folder.Path, "libother.so");
        using var compiler = System.Diagnostics.Process.Start("cc", ["-shared", "-fPIC", "-o", library, source]);
        compiler.WaitForExit();

        Assert.Null(OpenMpi.Start([library], out string problem));
        Assert.Contains("libother.so is MPICH Version: 4.0.2;", problem, StringComparison.Ordinal);
        Assert.Null(OpenMpi.Start(["libc.so.6"], out string other));
        Assert.Contains("a library of another kind", other, StringComparison.Ordinal);
    }
}
