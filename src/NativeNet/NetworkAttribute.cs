namespace NativeNet;

/// <summary>Marks a partial struct that the generator fills with the network described in a JSON file.</summary>
/// <param name="path">
/// The file, as the end of a path among the project's <c>AdditionalFiles</c>: <c>"digits.nn.json"</c> finds
/// <c>models/digits.nn.json</c>. The package adds every <c>*.nn.json</c> of a project by itself.
/// </param>
/// <example><code>
/// [Network("digits.nn.json")]
/// public readonly partial struct Digits;
///
/// [Network("digits.nn.json", Weights = "digits.safetensors")]
/// public readonly partial struct TrainedDigits;
/// </code></example>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class NetworkAttribute(string path) : Attribute
{
    /// <summary>The file, as the end of a path.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// A safetensors file with the network's parameters, as the end of a path among the project's <c>NetworkWeights</c>, which
    /// every <c>*.safetensors</c> of a project is by itself. The build checks it against the network and makes it read-only
    /// data of the assembly, which the struct's <c>Weights</c> gives; while the file is not there they are empty.
    /// </summary>
    public string? Weights { get; init; }
}
