using NativeNet.Description;

namespace NativeNet.Program.CommandLine;

/// <summary>The update rule of exported code.</summary>
/// <param name="Kind">The rule; null for that of the network's file.</param>
/// <param name="IsNone">Whether there is none: code that predicts alone.</param>
internal readonly record struct ExportRule(UpdateRuleKind? Kind, bool IsNone);
