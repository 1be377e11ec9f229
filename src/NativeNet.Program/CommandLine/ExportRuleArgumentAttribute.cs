using ConsoleAppFramework;
using NativeNet.Description;

namespace NativeNet.Program.CommandLine;

/// <summary>The name of an update rule, or <c>none</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ExportRuleArgumentAttribute : Attribute, IArgumentParser<ExportRule>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out ExportRule result)
    {
        if (s is "none")
        {
            result = new ExportRule(null, IsNone: true);
            return true;
        }

        bool isRule = RuleArgumentAttribute.TryParse(s is "adamW" ? "adamw" : s, out UpdateRuleKind? kind);
        result = new ExportRule(kind, IsNone: false);
        return isRule;
    }
}
