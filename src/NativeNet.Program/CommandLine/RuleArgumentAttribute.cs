using ConsoleAppFramework;
using NativeNet.Description;
using NativeNet.Description.Syntax;

namespace NativeNet.Program.CommandLine;

/// <summary>The name of an update rule; the framework's own parser would take numbers as well.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RuleArgumentAttribute : Attribute, IArgumentParser<UpdateRuleKind?>
{
    private static string[] Names => ["sgd", "momentum", "nesterov", "adam", "adamw"];

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out UpdateRuleKind? result)
    {
        string name = s.ToString();
        int index = Array.IndexOf(Names, name);
        result = index >= 0
            ? (UpdateRuleKind)index
            : throw new UsageException($"there is no rule '{name}'; {Spelling.Suggest(name, Names)}");
        return true;
    }
}
