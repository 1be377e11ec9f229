using System.Runtime.InteropServices;
using TorchSharp;

namespace NativeNet.PeerBenchmarks;

/// <summary>The native libraries behind TorchSharp.</summary>
internal static class TorchLibrary
{
    /// <summary>Loads them as TorchSharp does, which then finds them loaded.</summary>
    /// <returns>Null, or a sentence about the package that does not load.</returns>
    public static string? WhyNotLoaded()
        => WhyNotLoaded("torch_cpu", "libtorch-cpu-linux-x64") ?? WhyNotLoaded("LibTorchSharp", "TorchSharp");

    private static string? WhyNotLoaded(string library, string package)
    {
        try
        {
            NativeLibrary.Load(library, typeof(torch).Assembly, null);
            return null;
        }
        catch (DllNotFoundException exception)
        {
            return $"{library} of the package {package} does not load: {Cause(exception.Message, library)}";
        }
    }

    /// <summary>On Linux a line for each file name that was tried follows the first; most do not exist, which says nothing.</summary>
    private static string Cause(string message, string library)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines is [string only]
            ? only
            : lines.Skip(1).FirstOrDefault(line => !IsMissing(line, library)) ?? "there is no file of that name.";
    }

    private static bool IsMissing(string line, string library)
        => line.Contains(library, StringComparison.Ordinal) && line.EndsWith("No such file or directory", StringComparison.Ordinal);
}
