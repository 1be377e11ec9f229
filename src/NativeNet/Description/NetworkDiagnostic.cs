using System.Globalization;

namespace NativeNet.Description;

/// <summary>One mistake in a network file. Every mistake is an error: a file is right or it is not used.</summary>
/// <remarks>
/// Compared by value and free of the text it was found in, so that the generator can cache it. The arguments are
/// strings, formatted invariantly when the mistake was found.
/// </remarks>
/// <param name="Id">What kind of mistake, for example <c>NNET0007</c>.</param>
/// <param name="Span">The text to underline.</param>
/// <param name="Line">The line where the span starts, from 1; lines end at LF, CR LF or CR.</param>
/// <param name="Column">The UTF-16 column where the span starts, from 1.</param>
/// <param name="Arguments">What fills the placeholders of the kind's message.</param>
public sealed record NetworkDiagnostic(
    string Id, SourceSpan Span, int Line, int Column, EquatableArray<string> Arguments)
{
    /// <summary>What is wrong and how to mend it, in one sentence.</summary>
    public string Message
        => string.Format(CultureInfo.InvariantCulture, DiagnosticTable.Find(Id).MessageFormat, [.. Arguments]);

    /// <summary>The message as compilers print it, without the file: <c>(6,34): error NNET0007: …</c>.</summary>
    public override string ToString()
        => string.Format(CultureInfo.InvariantCulture, "({0},{1}): error {2}: {3}", Line, Column, Id, Message);
}
