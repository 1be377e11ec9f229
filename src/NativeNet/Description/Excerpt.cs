using System.Globalization;
using System.Text;

namespace NativeNet.Description;

/// <summary>Quotes a user's text in a message.</summary>
internal static class Excerpt
{
    private const int MostCharacters = 40;

    /// <summary>
    /// <paramref name="text"/> with everything unprintable as <c>\uXXXX</c>, cut after 40 characters: a key may be as
    /// long as the file, and a message is one line.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        var excerpt = new StringBuilder();
        foreach (char c in text.Take(MostCharacters))
        {
            if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
                excerpt.Append(c);
            else
                excerpt.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c);
        }

        return text.Length > MostCharacters ? excerpt.Append('…').ToString() : excerpt.ToString();
    }
}
