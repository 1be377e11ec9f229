using Microsoft.CodeAnalysis;

namespace NativeNet.Generators.Diagnostics;

/// <summary>A mistake in C#, by value until it is reported.</summary>
/// <param name="Id">Its number in <see cref="Descriptors"/>.</param>
/// <param name="Location">The text to underline.</param>
/// <param name="First">The first argument of the message.</param>
/// <param name="Second">The second argument, where there is one.</param>
internal sealed record TargetDiagnostic(string Id, TextLocation Location, string First, string Second = "")
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.Find(Id), Location.ToLocation(), First, Second);
}
