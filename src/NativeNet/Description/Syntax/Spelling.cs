using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>Guesses which word was meant.</summary>
internal static class Spelling
{
    /// <summary>More edits than this and a guess is as likely wrong as right.</summary>
    private const int MostEdits = 2;

    /// <summary>Completes a message about an unknown word: "did you mean 'relu'?", or what there is to choose from.</summary>
    /// <param name="word">What the file says.</param>
    /// <param name="candidates">What it could say.</param>
    public static string Suggest(string word, IReadOnlyCollection<string> candidates)
        => FindNearest(word, candidates) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"use {Either(candidates)}";

    /// <summary>
    /// Whether <paramref name="owner"/> has a key that was probably meant to be <paramref name="name"/>. That key is
    /// reported as unknown; nothing should be said of the one that it stands for.
    /// </summary>
    /// <param name="owner">An object without the key <paramref name="name"/>.</param>
    /// <param name="name">A key that the object could have.</param>
    public static bool IsMisspelledIn(JsonObject owner, string name)
        => owner.Properties.Any(property => FindNearest(property.Name, [name]) is not null);

    /// <summary>
    /// The candidate nearest to <paramref name="word"/>, letter case aside: at most two edits and fewer than half the
    /// word's letters away. Null when there is none, or when several are equally near.
    /// </summary>
    /// <param name="word">What the file says.</param>
    /// <param name="candidates">What it could say.</param>
    public static string? FindNearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int fewest = Math.Min(MostEdits, (word.Length - 1) / 2) + 1;

        foreach (string candidate in candidates)
        {
            // The lengths alone rule most candidates out, and so bound the work for a word as long as the file.
            if (Math.Abs(candidate.Length - word.Length) > MostEdits)
                continue;

            int edits = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest)
                (nearest, fewest) = (candidate, edits);
            else if (edits == fewest)
                nearest = null;
        }

        return nearest;
    }

    /// <summary>
    /// The insertions, deletions, substitutions and swaps of neighbours that turn one word into the other: the
    /// Damerau–Levenshtein distance in the restricted form that edits no place twice. F. J. Damerau, "A technique for
    /// computer detection and correction of spelling errors", 1964.
    /// </summary>
    /// <param name="left">One word.</param>
    /// <param name="right">The other word.</param>
    public static int Distance(string left, string right)
    {
        // distances[i * width + j]: from the first i letters of left to the first j letters of right.
        int width = right.Length + 1;
        int[] distances = new int[(left.Length + 1) * width];

        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                int here = (i * width) + j;
                if (i == 0 || j == 0)
                {
                    distances[here] = i + j;
                    continue;
                }

                int substitution = distances[here - width - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                int best = Math.Min(substitution, Math.Min(distances[here - width], distances[here - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    best = Math.Min(best, distances[here - (2 * width) - 2] + 1);
                distances[here] = best;
            }
        }

        return distances[distances.Length - 1];
    }

    private static string Either(IReadOnlyCollection<string> candidates)
    {
        string[] quoted = [.. candidates.Select(static candidate => $"'{candidate}'")];
        return quoted.Length == 1
            ? quoted[0]
            : $"{string.Join(", ", quoted.Take(quoted.Length - 1))} or {quoted[quoted.Length - 1]}";
    }
}
