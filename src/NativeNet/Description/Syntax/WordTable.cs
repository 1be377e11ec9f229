using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>The words that a key accepts and what they mean, in the order in which messages list them.</summary>
/// <param name="noun">What the words name, for messages: "activation".</param>
/// <param name="entries">The words, as files spell them, with their meanings.</param>
/// <typeparam name="T">What a word means.</typeparam>
internal sealed class WordTable<T>(string noun, params (string Word, T Meaning)[] entries)
{
    /// <summary>What the words name.</summary>
    public string Noun { get; } = noun;

    /// <summary>The words in order.</summary>
    public ImmutableArray<string> Words { get; } = [.. entries.Select(static entry => entry.Word)];

    /// <summary>The meanings in order.</summary>
    public ImmutableArray<T> Meanings { get; } = [.. entries.Select(static entry => entry.Meaning)];

    /// <summary>The meaning of a word in the table.</summary>
    /// <param name="word">A word in the table.</param>
    public T this[string word] => Meanings[Words.IndexOf(word)];

    /// <summary>The word for a meaning in the table.</summary>
    /// <param name="meaning">A meaning in the table.</param>
    public string WordFor(T meaning) => Words[Meanings.IndexOf(meaning)];

    /// <summary>Whether the table has <paramref name="word"/>, letter case included.</summary>
    /// <param name="word">Any text.</param>
    public bool Contains(string word) => Words.Contains(word);

    /// <summary>Reports that <paramref name="word"/> is not in the table, with the word that was probably meant.</summary>
    /// <param name="word">The text in the file.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    public void ReportUnknown(JsonString word, DiagnosticBag diagnostics)
        => diagnostics.Add(
            DiagnosticTable.UnknownValue, word.Span, Noun, Excerpt.Of(word.Value), Spelling.Suggest(word.Value, Words));
}
