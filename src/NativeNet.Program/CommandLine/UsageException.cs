namespace NativeNet.Program.CommandLine;

/// <summary>The command line is wrong.</summary>
/// <param name="message">What is wrong and what to write instead, in one line.</param>
internal sealed class UsageException(string message) : Exception(message);
