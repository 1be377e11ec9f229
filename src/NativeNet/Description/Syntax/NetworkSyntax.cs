using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Validation;

namespace NativeNet.Description.Syntax;

/// <summary>A network file whose keys have been checked and whose values have not; every part knows its place.</summary>
/// <param name="Object">The keys and values of the file.</param>
/// <param name="Layers">Its layers; null stands for one whose type cannot be told.</param>
internal sealed record NetworkSyntax(JsonObject Object, ImmutableArray<LayerSyntax?> Layers)
{
    public static readonly StringKey Schema = new("$schema");
    public static readonly StringKey Description = new("description");
    public static readonly IntegerListKey Input = new("input", NetworkLimits.Dimensions, 1, NetworkLimits.Size);
    public static readonly ObjectListKey LayerList = new("layers", NetworkLimits.Layers);
    public static readonly WordKey<LossForm> Loss = new("loss", Vocabulary.Losses, isOptional: true);
    public static readonly IntegerKey BatchSize = new("batchSize", 1, NetworkLimits.Size);
    public static readonly NamesKey Classes = new("classes", 2, NetworkLimits.Size, required: false);
    public static readonly ObjectKey Training = new("training");
    public static readonly ObjectKey Budget = new("budget");

    /// <summary>The keys of the whole.</summary>
    public static readonly ObjectForm Form = new("the network", Schema, Description, Input, LayerList, Loss, BatchSize, Classes, Training, Budget);

    /// <summary>Checks the keys of a file.</summary>
    /// <param name="root">The JSON of the file.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The network, or null where the file is no object.</returns>
    public static NetworkSyntax? Bind(JsonNode root, DiagnosticBag diagnostics)
    {
        if (root is not JsonObject network)
        {
            diagnostics.Add(DiagnosticTable.WrongType, root.Span, "A network", "an object", root.Kind);
            return null;
        }

        Form.CheckKeys(network, diagnostics);

        var layers = ImmutableArray.CreateBuilder<LayerSyntax?>();
        foreach (JsonNode layer in LayerList.Read(network, diagnostics).Value)
        {
            string name = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", LayerList.Name, layers.Count);
            layers.Add(LayerSyntax.Bind(layer, name, diagnostics));
        }

        return new NetworkSyntax(network, layers.ToImmutable());
    }
}
