using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>What an ONNX file says of its graph.</summary>
/// <param name="Opset">The version of ONNX's own operators.</param>
/// <param name="Nodes">The operators, each behind those whose values it reads.</param>
/// <param name="Initializers">The values that the file holds.</param>
/// <param name="Inputs">What the graph is given; older files list initializers here too.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record OnnxModel(
    long Opset, ImmutableArray<OnnxNode> Nodes, ImmutableArray<OnnxTensor> Initializers,
    ImmutableArray<OnnxValueInfo> Inputs, ImmutableArray<OnnxValueInfo> Outputs);
