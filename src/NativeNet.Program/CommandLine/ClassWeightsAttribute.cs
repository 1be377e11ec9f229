using ConsoleAppFramework;
using NativeNet.Description.Syntax;

namespace NativeNet.Program.CommandLine;

/// <summary>What the samples of a class weigh.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ClassWeightsAttribute : Attribute, IArgumentParser<ClassWeighting>
{
    private const string Balanced = "balanced";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ClassWeighting result)
    {
        result = s is Balanced
            ? ClassWeighting.Balanced
            : throw new UsageException($"--class-weights has no '{s}'; {Spelling.Suggest(s.ToString(), [Balanced])}");
        return true;
    }
}
