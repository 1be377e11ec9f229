using System.Collections.Immutable;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The names that a file gives its layers, and the shapes that the layers put out, as far as they are known.</summary>
internal sealed class LayerNames
{
    /// <summary>The name of the network's input, which no layer may have.</summary>
    public const string Input = "input";

    /// <summary>The names that a message lists, those of the nearest layers: it is one line.</summary>
    private const int MostSuggested = 5;

    private readonly string?[] _names;
    private readonly Shape? _input;
    private readonly List<Shape?> _outputs = [];
    private readonly List<bool> _areInputs = [];
    private int _unknown;

    /// <summary>Whether an earlier mistake hides no name.</summary>
    private readonly bool _isComplete = true;

    /// <summary>Reads the names and reports those that are reserved or given twice.</summary>
    /// <param name="layers">All layers; null stands for one whose type cannot be told.</param>
    /// <param name="input">The shape of the network's input, or null where a mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public LayerNames(ImmutableArray<LayerSyntax?> layers, Shape? input, DiagnosticBag diagnostics)
    {
        _input = input;
        _names = new string?[layers.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            Setting<string> name = layers[i] is { } layer ? LayerForm.Name.Read(layer.Object, diagnostics) : default;
            _isComplete &= name.IsValid;
            if (name is not { IsValid: true, Property: { } given })
                continue;

            if (name.Value == Input)
                diagnostics.Add(DiagnosticTable.ReservedName, given.Value.Span, Input);
            else if (Array.IndexOf(_names, name.Value) >= 0)
                diagnostics.Add(DiagnosticTable.DuplicateName, given.Value.Span, Excerpt.Of(name.Value));
            _names[i] = name.Value;
        }
    }

    /// <summary>The layer before the next one; for the first the network's input.</summary>
    public LayerSource Before => SourceAt(_outputs.Count - 1, name: null);

    /// <summary>The name of a layer, or null where it has none.</summary>
    /// <param name="index">The position in the file.</param>
    public string? Of(int index) => _names[index];

    /// <summary>Notes what the next layer puts out.</summary>
    /// <param name="output">The shape, or null where a mistake hides it.</param>
    /// <param name="isInput">Whether that is the network's input under another shape.</param>
    public void AddOutput(Shape? output, bool isInput)
    {
        _outputs.Add(output);
        _areInputs.Add(isInput);
    }

    /// <summary>Finds an earlier layer, or reports that there is none of the name.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    /// <returns>The layer, or null where a mistake was reported or hides it.</returns>
    public LayerSource? Find(JsonString name, DiagnosticBag diagnostics)
    {
        int index = name.Value == Input ? -1 : Array.IndexOf(_names, name.Value);
        if (index < 0 && name.Value != Input)
        {
            // Names are looked up in the order of the text: no more can be among those that are reported, and a guess for
            // each of the forty thousand that a file can hold would take seconds.
            if (_isComplete && _unknown++ < DiagnosticBag.MostReported)
                diagnostics.Add(DiagnosticTable.UnknownLayer, name.Span, Excerpt.Of(name.Value), Suggest(name.Value));
            return null;
        }

        if (index < _outputs.Count)
            return SourceAt(index, name);

        diagnostics.Add(DiagnosticTable.LaterLayer, name.Span, Excerpt.Of(name.Value));
        return null;
    }

    private LayerSource SourceAt(int index, JsonString? name) => new(index, index < 0 ? _input : _outputs[index], name) { IsInput = index < 0 || _areInputs[index] };

    private string Suggest(string name)
    {
        string[] earlier = [.. _names.Take(_outputs.Count).OfType<string>().Select(Excerpt.Of)];
        if (Spelling.FindNearest(name, [Input, .. earlier]) is { } nearest)
            return Spelling.Suggest(name, [nearest]);

        return earlier.Length == 0
            ? "give the layer that is meant the key 'name'"
            : Spelling.Suggest(name, [Input, .. earlier.Skip(earlier.Length - MostSuggested)]);
    }
}
