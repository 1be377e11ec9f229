using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key whose value is one of a few words.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="words">The words and what they mean.</param>
/// <param name="defaultWord">The word that an absent key stands for; null makes the key required.</param>
/// <param name="isOptional">Whether the key may be left out all the same; who reads it asks whether it is there.</param>
/// <typeparam name="T">What a word means.</typeparam>
internal sealed class WordKey<T>(string name, WordTable<T> words, string? defaultWord = null, bool isOptional = false)
    : ValueKey<T>(name, defaultWord is null && !isOptional, words[defaultWord ?? words.Words[0]])
{
    /// <summary>The words and what they mean.</summary>
    public WordTable<T> Words { get; } = words;

    /// <summary>The word that an absent key stands for; null when there is none.</summary>
    public string? DefaultWord { get; } = defaultWord;

    protected override string Expected => "a string";

    protected override string Format(T value) => JsonText.Of(Words.WordFor(value));

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out T value)
    {
        value = Default;
        if (node is not JsonString text)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        if (Words.Contains(text.Value))
        {
            value = Words[text.Value];
            return true;
        }

        Words.ReportUnknown(text, diagnostics);
        return false;
    }
}
