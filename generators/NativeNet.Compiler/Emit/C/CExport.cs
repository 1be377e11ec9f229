using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C;

/// <summary>What a network becomes in C.</summary>
/// <param name="Prefix">What all public names begin with: a lowercase identifier of C.</param>
/// <param name="Source">The name of the network's file, for the comment.</param>
/// <param name="Program">The network's program for <see cref="Target.Scalar"/>; its batch size is the most samples of a training step.</param>
/// <param name="Rule">The update rule with its first settings; null for predictions alone.</param>
/// <param name="Weights">(ParameterCount), row-major, finite; null where the device finds its own, unless some are frozen.</param>
/// <param name="Fingerprint">The network's hash.</param>
internal sealed record CExport(
    string Prefix, string Source, Program Program, UpdateRuleSpec? Rule, float[]? Weights, string Fingerprint)
{
    /// <summary>Whether the device trains.</summary>
    public bool Trains => Rule is not null;

    /// <summary>Whether it leaves parameters as they are, which the device keeps apart.</summary>
    public bool HasFrozen => Trains && Program.Parameters.LearnedLength < Program.Parameters.Length;
}
