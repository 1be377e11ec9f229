namespace NativeNet.Description;

public sealed partial record NetworkSpec
{
    /// <summary>Reads and checks the description of a network.</summary>
    /// <param name="json">The content of a <c>*.nn.json</c> file.</param>
    /// <returns>The network, with every default filled in.</returns>
    /// <exception cref="NetworkFormatException">The text is wrong; the exception lists every mistake.</exception>
    public static NetworkSpec Parse(string json)
    {
        NetworkParseResult result = NetworkParser.Parse(json);
        return result.Spec ?? throw new NetworkFormatException(result.Diagnostics);
    }
}
