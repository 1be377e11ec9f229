using System.Globalization;
using System.Text;

namespace NativeNet.Description;

/// <summary>Quotes a user's text in a message.</summary>
internal static class Excerpt
{
    private const int MostCharacters = 40;

    /// <summary>A message's begin, which names the file, and its end, which names the remedy.</summary>
    private const int MessageBegin = 200, MessageEnd = 100;

    /// <summary>
    /// <paramref name="text"/> with everything unprintable as <c>\uXXXX</c>, cut after 40 characters: a key may be as
    /// long as the file, and a message is one line.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        var excerpt = new StringBuilder();
        foreach (char c in text.Take(MostCharacters))
            Append(excerpt, c, isPrintable: c is >= ' ' and <= '~' || char.IsLetterOrDigit(c));
        return text.Length > MostCharacters ? excerpt.Append('…').ToString() : excerpt.ToString();
    }

    /// <summary>
    /// A whole message as one line of some 300 characters: what would move a cursor, colour a terminal or turn the
    /// direction of text becomes <c>\uXXXX</c>, and the middle of a longer one is left out.
    /// </summary>
    /// <param name="message">A message, with whatever it quotes of files.</param>
    public static string OfMessage(string message)
    {
        var line = new StringBuilder();
        bool isLong = message.Length > MessageBegin + MessageEnd;
        for (int i = 0; i < message.Length; i++)
        {
            if (isLong && i == MessageBegin)
            {
                line.Append(" … ");
                i = message.Length - MessageEnd;
            }

            Append(line, message[i], !IsControl(message, i));
        }

        return line.ToString();
    }

    private static bool IsControl(string text, int index)
        => char.GetUnicodeCategory(text[index]) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Surrogate => !char.IsSurrogatePair(text, index) && (index == 0 || !char.IsSurrogatePair(text, index - 1)),
            _ => false,
        };

    private static void Append(StringBuilder text, char c, bool isPrintable)
    {
        if (isPrintable)
            text.Append(c);
        else
            text.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c);
    }
}
