namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A bit differs, or memory outside a span was written.</summary>
/// <param name="message">Where, and both values.</param>
internal sealed class DifferentialException(string message) : Exception(message);
