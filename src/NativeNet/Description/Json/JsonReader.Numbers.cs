namespace NativeNet.Description.Json;

/// <content>Numbers: their grammar is checked here, their value is the key's affair.</content>
internal sealed partial class JsonReader
{
    private JsonNumber? ReadNumber()
    {
        int start = _position;
        if (Current == '-')
            _position++;

        int integer = _position;
        if (!SkipDigits())
            return FailNumber("a digit must follow the minus sign");

        if (_text[integer] == '0' && _position > integer + 1)
        {
            Fail("a number may not begin with 0; remove it", new SourceSpan(integer, 1));
            return null;
        }

        if (Current == '.')
        {
            _position++;
            if (!SkipDigits())
                return FailNumber("a digit must follow the decimal point");
        }

        if (Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
                _position++;
            if (!SkipDigits())
                return FailNumber("a digit must follow the exponent's 'e'");
        }

        var span = SourceSpan.Between(start, _position);
        return new JsonNumber(span, _text.Substring(span.Start, span.Length));

        JsonNumber? FailNumber(string what)
        {
            Fail(what, SourceSpan.Between(start, _position));
            return null;
        }
    }

    /// <returns>Whether there was at least one.</returns>
    private bool SkipDigits()
    {
        int start = _position;
        while (Current is >= '0' and <= '9')
            _position++;
        return _position > start;
    }
}
