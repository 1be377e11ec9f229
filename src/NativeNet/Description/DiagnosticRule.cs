namespace NativeNet.Description;

/// <summary>One kind of mistake.</summary>
/// <param name="Id">Its number, stable for ever: <c>NNET0001</c> and up.</param>
/// <param name="Title">The kind in a few words, for lists of rules.</param>
/// <param name="MessageFormat">One sentence with placeholders for <see cref="NetworkDiagnostic.Arguments"/>.</param>
internal sealed record DiagnosticRule(string Id, string Title, string MessageFormat);
