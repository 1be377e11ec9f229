using System.Text;

namespace NativeNet.Storage;

/// <content>The JSON of a header: what of RFC 8259 objects, lists, texts and whole numbers take.</content>
internal ref partial struct SafetensorsHeader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The byte at the position, 0 at the end.</summary>
    private readonly int Current => _position < _json.Length ? _json[_position] : 0;

    private readonly FormattableString Place => $"offset {SafetensorsFormat.PrefixLength + _position}";

    /// <summary>Steps over the beginning of an object, a list or a text.</summary>
    private void Open(char bracket, string what)
    {
        SkipBlanks();
        if (Current != bracket)
            throw Unexpected(what);
        _position++;
    }

    /// <summary>Goes to the next element of an object or a list, or behind its end.</summary>
    /// <returns>Whether there is one.</returns>
    private bool Next(char close, bool isFirst)
    {
        SkipBlanks();
        if (Current == close)
        {
            _position++;
            return false;
        }

        if (!isFirst)
        {
            if (Current != ',')
                throw NotJson("a comma is missing");
            _position++;
        }

        return true;
    }

    /// <summary>Goes to the value of the next name of the current object.</summary>
    /// <returns>False behind the end of the object.</returns>
    private bool ReadName(bool isFirst, out string name)
    {
        name = "";
        if (!Next('}', isFirst))
            return false;

        name = ReadText("a name");
        SkipBlanks();
        if (Current != ':')
            throw NotJson("a colon is missing");
        _position++;
        return true;
    }

    private List<long> ReadNumbers()
    {
        List<long> numbers = [];
        Open('[', "a list of numbers");
        while (Next(']', isFirst: numbers.Count == 0))
        {
            SkipBlanks();
            if (numbers.Count == MaxRank)
                throw Error($"{Place}: a tensor may have {MaxRank} dimensions");
            numbers.Add(ReadNumber());
        }

        return numbers;
    }

    private long ReadNumber()
    {
        if (Current != '-' && !IsDigit(Current))
            throw Unexpected("a number");

        int start = _position;
        long value = 0;
        bool fits = true;
        for (; IsDigit(Current); _position++)
        {
            int digit = Current - '0';
            fits = fits && value <= (long.MaxValue - digit) / 10;
            value = fits ? (value * 10) + digit : 0;
        }

        bool isWhole = fits && _position > start && Current is not ('.' or 'e' or 'E');
        int digits = _position - start;
        _position = start;
        if (!isWhole)
            throw Error($"{Place}: a size or offset must be a whole number, not negative, below 2^63");
        if (digits > 1 && Current == '0')
            throw NotJson("a number may not begin with 0");

        _position += digits;
        return value;
    }

    private string ReadText(string what)
    {
        Open('"', what);
        var text = new StringBuilder();
        int start = _position;
        while (Current != '"')
        {
            if (Current < ' ')
                throw NotJson("a text does not end, or has a control character in it");

            if (Current == '\\')
            {
                text.Append(Decode(_json.Slice(start, _position - start))).Append(ReadEscape());
                start = _position;
            }
            else
            {
                _position++;
            }
        }

        text.Append(Decode(_json.Slice(start, _position - start)));
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                throw NotUnicode();
        }

        _position++;
        return text.ToString();
    }

    /// <summary>Steps over a backslash and what it makes of the characters behind it.</summary>
    private char ReadEscape()
    {
        _position++;
        int escape = Current;
        _position++;
        switch (escape)
        {
            case '"' or '\\' or '/':
                return (char)escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int code = 0;
                for (int i = 0; i < 4; i++, _position++)
                    code = (16 * code) + HexadecimalDigit(Current);
                return (char)code;
            default:
                throw NotJson("a backslash is followed by no escape");
        }
    }

    private readonly int HexadecimalDigit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => throw NotJson("\\u takes four hexadecimal digits"),
    };

    private readonly string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes.ToArray());
        }
        catch (ArgumentException)
        {
            throw NotUnicode();
        }
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    /// <summary>A value of another kind is an error of its own; anything else is no JSON.</summary>
    private readonly StorageFormatException Unexpected(string what)
        => Current is '{' or '[' or '"' or '-' or 't' or 'f' or 'n' || IsDigit(Current)
            ? Error($"{Place}: expected {what}")
            : NotJson($"expected {what}");

    private readonly StorageFormatException NotJson(string problem)
        => Error($"{Place}: the header is not valid JSON: {problem}");

    private readonly StorageFormatException NotUnicode() => Error($"{Place}: the text is not valid Unicode");
}
