using ConsoleAppFramework;

namespace NativeNet.Program.CommandLine;

/// <summary>What the samples of a class weigh.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ClassWeightsAttribute : Attribute, IArgumentParser<ClassWeighting>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ClassWeighting result)
    {
        result = Word.Parse("--class-weights", s, ("balanced", ClassWeighting.Balanced));
        return true;
    }
}
