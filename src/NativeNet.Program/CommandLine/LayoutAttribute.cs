using ConsoleAppFramework;
using NativeNet.Storage;

namespace NativeNet.Program.CommandLine;

/// <summary>What weights are taken for that do not say in which order they lie: <c>nativenet</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LayoutAttribute : Attribute, IArgumentParser<ParameterOrder>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ParameterOrder result)
    {
        result = ParameterOrder.NativeNet;
        return s is "nativenet" ? true : throw new UsageException($"--layout must be nativenet, not '{s}'");
    }
}
