using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange;

/// <summary>The tensors of one PyTorch module: those of a state dict whose names differ behind the last point alone.</summary>
/// <param name="Name">What stands before that point.</param>
/// <param name="Tensors">The tensors by the last part of their names.</param>
internal sealed record StateDictModule(string Name, IReadOnlyDictionary<string, SafetensorsTensor> Tensors)
{
    /// <summary>For people: <c>conv1, weight [6, 1, 5, 5], bias [6]</c>.</summary>
    public string Describe()
        => $"{Name}, {string.Join(", ", Tensors.OrderByDescending(static tensor => tensor.Key, StringComparer.Ordinal).Select(static tensor => $"{tensor.Key} [{string.Join(", ", tensor.Value.Shape)}]"))}";
}

/// <summary>A state dict of PyTorch in a safetensors file.</summary>
internal static class StateDict
{
    private static readonly string[] Recurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

    /// <summary>
    /// Reads the modules, in the order of their names, numbers in them by value; counts of batches are left out. The layers of a
    /// recurrent module are modules of their own: the first under its name, the second as <c>NAME.1</c>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="remarks">Gets a line for each tensor that was converted.</param>
    /// <exception cref="StorageFormatException">The file is damaged, or lies in the order of this library already.</exception>
    public static List<StateDictModule> Read(string path, ICollection<string> remarks)
    {
        IReadOnlyList<(SafetensorsTensor Tensor, ElementType Type)> tensors = SafetensorsFile.ReadConverted(path, metadata =>
        {
            if (metadata.ContainsKey(TensorLayout.Name))
                throw new StorageFormatException($"{path}: lies in the order of this library already, its {TensorLayout.Name} says; it is loaded as it is");
        });
        foreach ((SafetensorsTensor tensor, ElementType type) in tensors.Where(static tensor => tensor.Type != ElementType.Float32))
            remarks.Add($"{tensor.Name}: {type.Name} became F32{(type.Size > sizeof(float) ? ", rounded to nearest" : "")}");

        var modules = new Dictionary<string, Dictionary<string, SafetensorsTensor>>(StringComparer.Ordinal);
        foreach ((SafetensorsTensor tensor, _) in tensors)
        {
            (string module, string last) = Split(tensor.Name);
            if (!modules.TryGetValue(module, out Dictionary<string, SafetensorsTensor>? own))
                modules.Add(module, own = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal));
            if (!own.TryAdd(last, tensor))
                throw new StorageFormatException($"{path}: '{tensor.Name}' and '{own[last].Name}' are the same tensor of a layer");
        }

        return [.. modules.Select(static module => new StateDictModule(module.Key, module.Value))
            .OrderBy(static module => module.Name, Comparer<string>.Create(static (left, right)
                => string.Compare(left, right, CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.StringSort)))];
    }

    private static (string Module, string Last) Split(string name)
    {
        int point = name.LastIndexOf('.');
        (string module, string last) = point < 0 ? ("", name) : (name[..point], name[(point + 1)..]);

        // rnn.weight_ih_l0 is its first layer's weight_ih; what is _reverse, of the other direction, has no layer here.
        int number = last.LastIndexOf("_l", StringComparison.Ordinal) + 2;
        if (number < 2 || !Recurrent.Contains(last[..(number - 2)]))
            return (module, last);

        string layer = last[number..];
        return (layer == "0" ? module : $"{module}.{layer}", last[..(number - 2)]);
    }
}
