namespace NativeNet.Generators.Tests.Description;

public sealed class JsonSyntaxErrorTests
{
    [Theory]
    [InlineData("«»", "the file is empty; a network is one object, { \"input\": …, \"layers\": … }")]
    [InlineData("\uFEFF \n«»", "the file is empty; a network is one object, { \"input\": …, \"layers\": … }")]
    [InlineData("«}»", "expected a value, found '}'")]
    [InlineData("{«»", "the file ends where a key in double quotes should be")]
    [InlineData("{ «'»a': 1 }", "expected a key in double quotes, found a single quote")]
    [InlineData("{ «a»: 1 }", "expected a key in double quotes, found 'a'")]
    [InlineData("{ \"a\" «1» }", "expected ':' after the key, found '1'")]
    [InlineData("{ \"a\": «}»", "expected a value, found '}'")]
    [InlineData("{ \"a\": 1 «\"»b\": 2 }", "expected ',' or '}', found '\"'")]
    [InlineData("{ \"a\": 1«»", "the file ends where ',' or '}' should be")]
    [InlineData("{ \"a\": 1«,» }", "a comma may not stand before '}'; remove it")]
    [InlineData("{ \"a\": 1, «,» }", "expected a key in double quotes, found ','")]
    [InlineData("[1«,»\n]", "a comma may not stand before ']'; remove it")]
    [InlineData("[«,»1]", "expected a value, found ','")]
    [InlineData("[1 «}»", "expected ',' or ']', found '}'")]
    [InlineData("{ «//» note\n \"a\": 1 }", "JSON has no comments; use the key \"description\" instead")]
    [InlineData("{ \"a\": «/*»1*/ 1 }", "JSON has no comments; use the key \"description\" instead")]
    [InlineData("{ } «//» note", "JSON has no comments; use the key \"description\" instead")]
    [InlineData("[«True»]", "'True' is not a value; text stands in double quotes")]
    [InlineData("[«relu»]", "'relu' is not a value; text stands in double quotes")]
    [InlineData("[«NaN»]", "'NaN' is not a value; text stands in double quotes")]
    [InlineData("[«+»1]", "expected a value, found '+'")]
    [InlineData("[«.»5]", "expected a value, found '.'")]
    [InlineData("[«-»]", "a digit must follow the minus sign")]
    [InlineData("[«-»Infinity]", "a digit must follow the minus sign")]
    [InlineData("[«0»1]", "a number may not begin with 0; remove it")]
    [InlineData("[-«0»0.5]", "a number may not begin with 0; remove it")]
    [InlineData("[«1.»]", "a digit must follow the decimal point")]
    [InlineData("[«1.5e+»]", "a digit must follow the exponent's 'e'")]
    [InlineData("[1«x»]", "expected ',' or ']', found 'x'")]
    [InlineData("[«\"abc»\n]", "the string has no closing quote on its line")]
    [InlineData("[«\"abc\\\"»", "the string has no closing quote on its line")]
    [InlineData("[\"a«\t»\"]", "a control character must be written \\t in a string")]
    [InlineData("[\"a«\0»\"]", "a control character must be written \\u0000 in a string")]
    [InlineData("[\"«\\x»\"]", "unknown escape in a string; a backslash itself is written \\\\")]
    [InlineData("[\"«\\u»12G4\"]", "unknown escape in a string; \\u takes four hexadecimal digits")]
    [InlineData("[\"«\\u»12", "unknown escape in a string; \\u takes four hexadecimal digits")]
    [InlineData("[\"«\\»", "unknown escape in a string; a backslash itself is written \\\\")]
    [InlineData("[«\0»]", "expected a value, found '\\u0000'")]
    public void The_first_mistake_is_reported_with_a_remedy(string marked, string expected)
        => Marked.VerifyMessage(marked, "NNET0001", "Invalid JSON: " + expected);

    [Theory]
    [InlineData("{}\n«{»}", "'{'")]
    [InlineData("{}«,»", "','")]
    [InlineData("{} «\uFEFF»", "'\\uFEFF'")]
    public void Text_after_the_network_is_reported(string marked, string found)
        => Marked.VerifyMessage(
            marked, "NNET0002", $"Unexpected {found} after the end of the network; a file holds one JSON object");
}
