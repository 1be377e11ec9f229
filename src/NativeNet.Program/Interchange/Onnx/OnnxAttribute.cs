using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A setting of a node. One of its values is there, after its type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Integer">A number, or null.</param>
/// <param name="Single">A float, or null.</param>
/// <param name="Text">A text, or null.</param>
/// <param name="Tensor">A tensor, or null.</param>
/// <param name="Integers">A list of numbers; empty where it is something else.</param>
/// <param name="Floats">A list of floats; likewise.</param>
/// <param name="Texts">A list of texts; likewise.</param>
internal sealed record OnnxAttribute(
    string Name, long? Integer = null, float? Single = null, string? Text = null, OnnxTensor? Tensor = null,
    ImmutableArray<long> Integers = default, ImmutableArray<float> Floats = default, ImmutableArray<string> Texts = default)
{
    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, Integer: value);

    /// <summary>A float.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, Single: value);

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(name, Text: value);

    /// <summary>A list of numbers.</summary>
    public static OnnxAttribute Of(string name, params ReadOnlySpan<long> values) => new(name, Integers: [.. values]);
}
