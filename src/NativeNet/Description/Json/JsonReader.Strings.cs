using System.Globalization;
using System.Text;

namespace NativeNet.Description.Json;

/// <content>Strings and their escapes.</content>
internal sealed partial class JsonReader
{
    private JsonString? ReadString()
    {
        int start = _position++;
        int copied = _position;
        var value = new StringBuilder();

        while (true)
        {
            // The end of the text reads as NUL, which no string may hold either.
            switch (Current)
            {
                case '"':
                    value.Append(_text, copied, _position - copied);
                    return new JsonString(EndAfter(start), value.ToString());

                case '\\':
                    value.Append(_text, copied, _position - copied);
                    if (!ReadEscape(out char escaped))
                        return null;
                    value.Append(escaped);
                    copied = _position;
                    break;

                case '\n' or '\r':
                case '\0' when AtEnd:
                    Fail("the string has no closing quote on its line", SourceSpan.Between(start, _position));
                    return null;

                case < ' ':
                    Fail($"a control character must be written {Escape(Current)} in a string");
                    return null;

                default:
                    _position++;
                    break;
            }
        }
    }

    /// <summary>Steps over a backslash and what follows. Halves of surrogate pairs are taken as they come.</summary>
    private bool ReadEscape(out char escaped)
    {
        int start = _position++;
        escaped = Current switch
        {
            '"' or '\\' or '/' => Current,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };

        if (escaped != '\0')
        {
            _position++;
            return true;
        }

        if (Current == 'u' && TryReadHexadecimal(_position + 1, out escaped))
        {
            _position += 5;
            return true;
        }

        string remedy = Current == 'u' ? "\\u takes four hexadecimal digits" : "a backslash itself is written \\\\";
        Fail($"unknown escape in a string; {remedy}", SourceSpan.Between(start, Math.Min(start + 2, _text.Length)));
        return false;
    }

    private bool TryReadHexadecimal(int start, out char value)
    {
        value = '\0';
        if (start + 4 > _text.Length)
            return false;

        int code = 0;
        for (int i = start; i < start + 4; i++)
        {
            int digit = _text[i] switch
            {
                >= '0' and <= '9' => _text[i] - '0',
                >= 'a' and <= 'f' => _text[i] - 'a' + 10,
                >= 'A' and <= 'F' => _text[i] - 'A' + 10,
                _ => -1,
            };

            if (digit < 0)
                return false;
            code = (16 * code) + digit;
        }

        value = (char)code;
        return true;
    }

    private static string Escape(char control)
        => control == '\t' ? "\\t" : string.Format(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)control);
}
