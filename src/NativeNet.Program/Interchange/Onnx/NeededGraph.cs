using System.Collections.Immutable;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>The nodes on which a graph's output depends, with groups of them that are one activation here made one.</summary>
/// <param name="Output">The name of the output.</param>
/// <param name="Nodes">The nodes in the file's order.</param>
/// <param name="Readers">How many of them read a value, the graph's output among them.</param>
internal sealed record NeededGraph(string Output, ImmutableArray<OnnxNode> Nodes, Dictionary<string, int> Readers)
{
    /// <summary>Finds them, from the output backwards.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="model">The file.</param>
    /// <exception cref="StorageFormatException">The graph has several outputs, or a value is given twice.</exception>
    public static NeededGraph Of(string path, OnnxModel model)
    {
        if (model.Outputs is not [{ Name: var output }])
            throw new StorageFormatException($"{path}: the graph has the outputs {string.Join(", ", model.Outputs.Select(static each => $"'{each.Name}'"))}; a network has one: remove the others before exporting");

        var givers = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string name in node.Outputs.Where(static name => name.Length > 0))
            {
                if (!givers.TryAdd(name, node))
                    throw new StorageFormatException($"{path}: two nodes give '{name}'; it is no ONNX graph");
            }
        }

        var recognition = new ActivationRecognition(model, givers);
        var readers = new Dictionary<string, int>(StringComparer.Ordinal) { [output] = 1 };
        var nodes = new List<OnnxNode>();
        for (int i = model.Nodes.Length - 1; i >= 0; i--)
        {
            OnnxNode node = model.Nodes[i];
            if (!node.Outputs.Any(readers.ContainsKey))
                continue;

            node = recognition.Find(node) ?? node;
            nodes.Add(node);
            foreach (string name in node.Inputs.Where(static name => name.Length > 0))
                readers[name] = readers.GetValueOrDefault(name) + 1;
        }

        nodes.Reverse();
        return new NeededGraph(output, [.. nodes], readers);
    }
}
