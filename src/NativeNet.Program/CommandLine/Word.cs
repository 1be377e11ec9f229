using NativeNet.Description.Syntax;

namespace NativeNet.Program.CommandLine;

/// <summary>A value of an option that is one of a few words.</summary>
internal static class Word
{
    /// <summary>What a word stands for.</summary>
    /// <typeparam name="T">The values.</typeparam>
    /// <param name="option">The option's name.</param>
    /// <param name="word">What the user has written.</param>
    /// <param name="words">The words and their values.</param>
    /// <exception cref="UsageException">The option has no such word.</exception>
    public static T Parse<T>(string option, ReadOnlySpan<char> word, params ReadOnlySpan<(string Word, T Value)> words)
    {
        string[] names = new string[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (word.SequenceEqual(words[i].Word))
                return words[i].Value;
            names[i] = words[i].Word;
        }

        throw new UsageException($"{option} has no '{word}'; {Spelling.Suggest(word.ToString(), names)}");
    }
}
