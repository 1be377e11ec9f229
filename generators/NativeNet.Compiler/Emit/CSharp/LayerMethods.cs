using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>
/// The methods of a network's layers at one vector width, each once: layers that differ in nothing but in where their parameters
/// lie have the same text, and call what bears the name of the first of them.
/// </summary>
/// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class LayerMethods(int widthIndex, int block)
{
    /// <summary>Stands for the layer's name while its methods are written; nothing else has it in generated code.</summary>
    private const string AnyName = "\u00A7";

    private readonly Dictionary<string, List<string>> _layersByText = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Adds the methods of a layer, and returns what writes the calls to them.</summary>
    /// <param name="writer">Gets the calls.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="emit">Writes the methods; where it writes none, the layer calls those of the same layer that was added before.</param>
    public LayerEmitter Add(SourceWriter writer, LayerPlan layer, Action<LayerEmitter> emit)
    {
        var methods = new SourceWriter();
        emit(LayerEmitterTable.Create(methods, layer.FromFirstParameter with { Name = AnyName }, widthIndex, block));
        string text = methods.ToString();
        if (text.Length > 0 || !_names.ContainsKey(layer.Spec.Index))
            _names[layer.Spec.Index] = NameOf(layer, text);
        return LayerEmitterTable.Create(writer, layer with { Name = _names[layer.Spec.Index] }, widthIndex, block);
    }

    /// <summary>Writes all that were added.</summary>
    public void Emit(SourceWriter writer)
    {
        foreach (string text in _texts)
        {
            List<string> layers = _layersByText[text];
            writer.Blank();
            if (layers.Count > 1)
                writer.Write($"// {layers[0]}, and the same for {string.Join(", ", layers.Skip(1))}.");
            writer.Write(text.TrimStart().Replace(AnyName, layers[0]));
        }
    }

    private string NameOf(LayerPlan layer, string text)
    {
        if (text.Length == 0)
            return layer.Name;

        if (!_layersByText.TryGetValue(text, out List<string>? layers))
        {
            _layersByText.Add(text, layers = []);
            _texts.Add(text);
        }

        layers.Add(layer.Name);
        return layers[0];
    }
}
