using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange;

/// <summary>Brings the weights of a PyTorch model into the order that a network has them in.</summary>
/// <remarks>
/// A layer takes the module of its own name, or the one called <c>layers.I</c> after its position; of those that are left,
/// each in turn takes the first whose tensors have its names and shapes.
/// </remarks>
internal sealed class PyTorchImport
{
    private readonly NetworkSpec _spec;
    private readonly string _path;
    private readonly List<StateDictModule> _modules;
    private readonly ICollection<string> _report;

    /// <summary>Matches a network with a state dict.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="report">Gets what became of every tensor, a line each; also when this throws.</param>
    /// <exception cref="StorageFormatException">The file is damaged, or something is left on either side.</exception>
    public PyTorchImport(NetworkSpec spec, string path, ICollection<string> report)
    {
        _spec = spec;
        _path = path;
        _report = report;
        _modules = StateDict.Read(path, report);
        Parameters = new float[spec.ParameterCount];
        Match();
    }

    /// <summary>All parameters, row-major, the tensors one behind the other.</summary>
    public float[] Parameters { get; }

    private void Match()
    {
        ImmutableArray<PyTorchTensor>[] layers = [.. PyTorchTensor.Of(_spec)];
        var chosen = new Dictionary<int, StateDictModule>();
        foreach (ImmutableArray<PyTorchTensor> layer in layers)
            Take(layer, module => module.Name == layer[0].Layer.Name || module.Name == string.Create(CultureInfo.InvariantCulture, $"layers.{layer[0].Layer.Index}"));
        foreach (ImmutableArray<PyTorchTensor> layer in layers.Where(layer => !chosen.ContainsKey(layer[0].Layer.Index)))
            Take(layer, static _ => true);

        if (chosen.Count < layers.Length || _modules.Count > 0)
            throw Unmatched(layers.Where(layer => !chosen.ContainsKey(layer[0].Layer.Index)));

        int start = 0;
        foreach (ImmutableArray<PyTorchTensor> layer in layers)
        {
            Span<float> values = Parameters.AsSpan(start, (int)layer[0].Layer.ParameterCount);
            Fill(layer, chosen[layer[0].Layer.Index], values);
            start += values.Length;
        }

        void Take(ImmutableArray<PyTorchTensor> layer, Predicate<StateDictModule> isCandidate)
        {
            if (_modules.Find(module => isCandidate(module) && Fits(layer, module)) is not { } module)
                return;

            chosen.Add(layer[0].Layer.Index, module);
            _modules.Remove(module);
        }
    }

    /// <summary>Whether a module has the tensors of a layer and no others.</summary>
    private static bool Fits(ImmutableArray<PyTorchTensor> layer, StateDictModule module)
    {
        int missing = layer.Count(tensor => !module.Tensors.ContainsKey(tensor.Name));
        return module.Tensors.Count + missing == layer.Length && layer.All(tensor => module.Tensors.TryGetValue(tensor.Name, out SafetensorsTensor? found)
            ? found.Shape.SequenceEqual(tensor.Shape)
            : tensor.IsZeroWhereMissing);
    }

    private void Fill(ImmutableArray<PyTorchTensor> layer, StateDictModule module, Span<float> values)
    {
        values.Fill(-0f);
        foreach (PyTorchTensor tensor in layer)
        {
            if (module.Tensors.TryGetValue(tensor.Name, out SafetensorsTensor? found))
            {
                tensor.Import(found.Values.Span, values);
                string change = tensor.Change.Length == 0 ? "" : $", {tensor.Change}";
                _report.Add($"{tensor.Target} = {found.Name} [{string.Join(", ", found.Shape)}]{change}");
            }
            else
            {
                tensor.Import(new float[tensor.Places.Length], values);
                _report.Add($"{tensor.Target} = 0: '{module.Name}' has no {tensor.Name}");
            }
        }
    }

    /// <summary>Both sides as lines of the report, and the error that says how many.</summary>
    private StorageFormatException Unmatched(IEnumerable<ImmutableArray<PyTorchTensor>> layers)
    {
        int ours = 0;
        foreach (ImmutableArray<PyTorchTensor> layer in layers)
        {
            ours++;
            _report.Add(string.Create(CultureInfo.InvariantCulture, $"no weights for layer {layer[0].Layer.Index}, {layer[0].Layer.Type}, in PyTorch's shapes ")
                + string.Join(", ", layer.Select(static tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]")));
        }

        foreach (StateDictModule module in _modules)
            _report.Add($"left over in the file: {module.Describe()}");
        return new StorageFormatException(string.Create(
            CultureInfo.InvariantCulture, $"{_path}: does not fit the network: {ours} layers have no weights, {_modules.Count} modules are left over"));
    }
}
