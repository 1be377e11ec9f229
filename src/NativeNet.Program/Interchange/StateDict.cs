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
    /// <summary>Reads the modules, in the order of their names, numbers in them by value; counts of batches are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="remarks">Gets a line for each tensor that was converted.</param>
    /// <exception cref="StorageFormatException">The file is damaged.</exception>
    public static List<StateDictModule> Read(string path, ICollection<string> remarks)
    {
        IReadOnlyList<(SafetensorsTensor Tensor, ElementType Type)> tensors = SafetensorsFile.ReadConverted(path);
        foreach ((SafetensorsTensor tensor, ElementType type) in tensors.Where(static tensor => tensor.Type != ElementType.Float32))
            remarks.Add($"{tensor.Name}: {type.Name} became F32{(type.Size > sizeof(float) ? ", rounded to nearest" : "")}");

        return [.. tensors
            .GroupBy(static tensor => Split(tensor.Tensor.Name).Module)
            .Select(static module => new StateDictModule(
                module.Key, module.ToDictionary(static tensor => Split(tensor.Tensor.Name).Last, static tensor => tensor.Tensor, StringComparer.Ordinal)))
            .OrderBy(static module => module.Name, Comparer<string>.Create(static (left, right)
                => string.Compare(left, right, CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.StringSort)))];
    }

    private static (string Module, string Last) Split(string name)
    {
        int point = name.LastIndexOf('.');
        return point < 0 ? ("", name) : (name[..point], name[(point + 1)..]);
    }
}
