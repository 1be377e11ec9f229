using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class NetworkSpecEqualityTests
{
    private const string Text =
        """
        { "input": [4], "layers": [{ "type": "dense", "units": 3, "activation": "leakyRelu", "gain": 0.5 },
          { "type": "dense", "units": 2 }], "loss": "softmaxCrossEntropy", "batchSize": 8 }
        """;

    [Theory]
    [InlineData(" ", "\n\t ")]
    [InlineData("\"input\": [4]", "\"description\": \"another\", \"input\": [4]")]
    [InlineData("\"units\": 2", "\"units\": 2, \"activation\": \"none\", \"initializer\": \"heNormal\", \"gain\": 1.0")]
    [InlineData("\"leakyRelu\"", "\"leakyRelu\", \"negativeSlope\": 1e-2")]
    [InlineData("\"units\": 3", "\"\\u0075nits\": 3")]
    [InlineData("\"type\": \"dense\", \"units\": 2", "\"units\": 2, \"type\": \"dense\"")]
    public void What_does_not_change_the_network_does_not_change_the_spec(string before, string after)
    {
        NetworkSpec other = NetworkSpec.Parse(Change(before, after));

        Assert.Equal(NetworkSpec.Parse(Text), other);
        Assert.Equal(NetworkSpec.Parse(Text).GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("[4]", "[5]")]
    [InlineData("\"units\": 3", "\"units\": 4")]
    [InlineData("\"units\": 2", "\"units\": 5")]
    [InlineData("leakyRelu", "relu")]
    [InlineData("\"leakyRelu\"", "\"leakyRelu\", \"negativeSlope\": 0.02")]
    [InlineData("0.5", "0.25")]
    [InlineData("\"gain\"", "\"initializer\": \"normal\", \"gain\"")]
    [InlineData("softmaxCrossEntropy", "meanSquaredError")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 9")]
    public void What_changes_the_network_changes_the_spec(string before, string after)
        => Assert.NotEqual(NetworkSpec.Parse(Text), NetworkSpec.Parse(Change(before, after)));

    [Fact]
    public void Moving_a_mistake_changes_the_diagnostics()
    {
        string wrong = Change("leakyRelu", "rleu");
        NetworkParseResult result = NetworkParser.Parse(wrong);

        Assert.Equal(result, NetworkParser.Parse(wrong));
        Assert.NotEqual(result, NetworkParser.Parse(" " + wrong));
        Assert.NotEqual(result, NetworkParser.Parse(Change("leakyRelu", "rulu")));
    }

    private static string Change(string before, string after)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);
        return Text.Replace(before, after, StringComparison.Ordinal);
    }
}
