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

    /// <summary>The methods of every layer that has any.</summary>
    private readonly List<(string Text, LayerPlan Layer)> _added = [];

    /// <summary>Adds the methods of a layer, and returns what writes the calls to them.</summary>
    /// <param name="writer">Gets the calls.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="emit">Writes the methods; where it writes none, the layer calls those of the same layer that was added before.</param>
    public LayerEmitter Add(SourceWriter writer, LayerPlan layer, Action<LayerEmitter> emit)
    {
        var methods = new SourceWriter();
        emit(LayerEmitterTable.Create(methods, layer.FromFirstParameter with { Name = AnyName }, widthIndex, block));
        string? text = methods.ToString();
        if (text.Length > 0)
            _added.Add((text, layer));
        else
            text = _added.FirstOrDefault(own => own.Layer.Spec.Index == layer.Spec.Index).Text;

        LayerPlan named = text is null ? layer : _added.First(own => own.Text == text).Layer;
        return LayerEmitterTable.Create(writer, layer with { Name = named.Name }, widthIndex, block);
    }

    /// <summary>Writes all that were added.</summary>
    public void Emit(SourceWriter writer)
    {
        foreach (IGrouping<string, string> same in _added.GroupBy(static own => own.Text, static own => own.Layer.Name))
        {
            string name = same.First();
            writer.Blank();
            if (same.Count() > 1)
                writer.Write($"// {name}, and the same for {string.Join(", ", same.Skip(1))}.");
            writer.Write(same.Key.TrimStart().Replace(AnyName, name));
        }
    }
}
