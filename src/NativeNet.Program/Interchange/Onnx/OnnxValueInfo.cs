using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Dimensions">Its sizes, outermost first, null for those that the file leaves open; default where it says nothing.</param>
internal sealed record OnnxValueInfo(string Name, OnnxElementType Type, ImmutableArray<int?> Dimensions);
