using System.Diagnostics;

namespace NativeNet.PackageTests;

/// <summary>Runs the dotnet command as a person would at a prompt.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command, waits, and returns its exit code with everything it printed.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static (int ExitCode, string Output) Run(string folder, params string[] arguments) => Run(folder, null, arguments);

    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Expect(string folder, params string[] arguments) => Expect(folder, null, arguments);

    /// <summary>Runs a command that must succeed, with a setting of its own.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="setting">A variable of the environment and its value; null for none.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Expect(string folder, (string Name, string Value)? setting, params string[] arguments)
    {
        (int exitCode, string output) = Run(folder, setting, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} gave exit code {exitCode}:\n{output}");
        return output;
    }

    private static (int ExitCode, string Output) Run(string folder, (string Name, string Value)? setting, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Tests that are started by a build inherit its settings; the consumer's build must not see them.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (setting is { } own)
            start.Environment[own.Name] = own.Value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }
}
