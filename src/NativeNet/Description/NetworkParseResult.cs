namespace NativeNet.Description;

/// <summary>What reading a network file gives: either the network or at least one mistake, never both.</summary>
/// <remarks>
/// The generator splits the two right away: the spec alone is the key of what it emits, so that moving text reports
/// the mistakes at their new places and emits nothing again.
/// </remarks>
/// <param name="Spec">The network, or null when the file is wrong.</param>
/// <param name="Diagnostics">The mistakes in text order; empty when the file is right.</param>
internal sealed record NetworkParseResult(NetworkSpec? Spec, EquatableArray<NetworkDiagnostic> Diagnostics);
