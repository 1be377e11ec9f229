using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>An operator of a graph.</summary>
/// <param name="Name">Its name; empty where the file gives none.</param>
/// <param name="Operator">What it does, for example <c>Conv</c>.</param>
/// <param name="Domain">Whose operator it is; empty for ONNX's own.</param>
/// <param name="Inputs">The values that it reads; empty names stand for optional ones left out.</param>
/// <param name="Outputs">The values that it gives.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(
    string Name, string Operator, string Domain, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<OnnxAttribute> Attributes);
