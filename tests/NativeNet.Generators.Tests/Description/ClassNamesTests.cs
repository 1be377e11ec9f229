using NativeNet.Compiler;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class ClassNamesTests
{
    [Theory]
    [InlineData("«[\"a\", \"b\", \"c\"]»", "NNET0033", "'classes' has 3 names, but the network has 2 scores; name each")]
    [InlineData("«[\"a\", \"a\"]»", "NNET0033", "'classes' has the name 'a' twice; give each class its own")]
    [InlineData("«[\"a\", \"\"]»", "NNET0033", "'classes' has the name '', which is empty or has blanks around it or control characters in it")]
    [InlineData("«[\"a\", \" b\"]»", "NNET0033", "'classes' has the name ' b', which is empty or has blanks around it or control characters in it")]
    [InlineData("«[\"a\", \"b\\n\"]»", "NNET0033", "'classes' has the name 'b\\u000A', which is empty or has blanks around it or control characters in it")]
    [InlineData("«[»\"a\"]", "NNET0012", "'classes' must have 2 to 65536 elements, not 1")]
    [InlineData("[\"a\", «1»]", "NNET0009", "'classes[1]' must be a string, not a number")]
    [InlineData("«\"a\"»", "NNET0009", "'classes' must be an array of strings, not a string")]
    public void Names_fit_the_scores(string marked, string id, string message)
        => Marked.VerifyMessage(Network("softmaxCrossEntropy", $"\"classes\": {marked}"), id, message);

    [Fact]
    public void Values_have_no_classes()
        => Marked.VerifyMessage(
            Network("meanSquaredError", "«\"classes\"»: [\"a\", \"b\"]"), "NNET0016",
            "The key 'classes' applies only with the loss 'softmaxCrossEntropy'; remove it");

    [Fact]
    public void Names_are_written_back_and_leave_the_fingerprint_alone()
    {
        NetworkSpec named = NetworkSpec.Parse(Network("softmaxCrossEntropy", "\"classes\": [\"yes, \\\"really\\\"\", \"nö\"]"));

        Assert.Equal(["yes, \"really\"", "nö"], named.Classes);
        Assert.Equal(named, NetworkSpec.Parse(NetworkJson.Write(named)));
        Assert.Equal(named, NetworkSpec.Parse(NetworkJson.WriteFile(named)));
        Assert.Equal(NetworkFingerprint.Of(named with { Classes = default }), NetworkFingerprint.Of(named));
    }

    private static string Network(string loss, string classes)
        => $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2 }], "loss": "{{loss}}", "batchSize": 8, {{classes}} }""";
}
