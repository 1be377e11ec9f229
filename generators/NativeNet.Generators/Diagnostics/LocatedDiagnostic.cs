using Microsoft.CodeAnalysis;
using NativeNet.Description;

namespace NativeNet.Generators.Diagnostics;

/// <summary>A mistake with its place, by value until it is reported.</summary>
/// <param name="Id">Its number in <see cref="Descriptors"/>.</param>
/// <param name="Location">The text to underline.</param>
/// <param name="Arguments">What fills the placeholders of the message.</param>
internal sealed record LocatedDiagnostic(string Id, TextLocation Location, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.Find(Id), Location.ToLocation(), [.. Arguments]);
}
