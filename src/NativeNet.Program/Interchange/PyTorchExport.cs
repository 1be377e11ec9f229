using System.Collections.Immutable;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange;

/// <summary>Brings the weights of a network into the order that PyTorch has them in: the inverse of <see cref="PyTorchImport"/>.</summary>
internal static class PyTorchExport
{
    /// <summary>The metadata by which libraries of PyTorch tell their own files.</summary>
    public static readonly IReadOnlyDictionary<string, string> Metadata = new Dictionary<string, string> { ["format"] = "pt" };

    /// <summary>A state dict: the tensors of each layer under its name, or <c>layers.I</c> after its position.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="parameters">All parameters, row-major, the tensors one behind the other.</param>
    /// <param name="report">Gets a line for each tensor.</param>
    /// <exception cref="StorageFormatException">PyTorch's layers of the same kind would compute something else.</exception>
    public static IReadOnlyList<SafetensorsTensor> Of(NetworkSpec spec, ReadOnlySpan<float> parameters, ICollection<string> report)
    {
        var tensors = new List<SafetensorsTensor>();
        foreach (ImmutableArray<PyTorchTensor> layer in PyTorchTensor.Of(spec))
        {
            float[] rest = parameters[..(int)layer[0].Layer.ParameterCount].ToArray();
            parameters = parameters[rest.Length..];
            foreach (PyTorchTensor tensor in layer)
            {
                tensors.Add(new SafetensorsTensor(tensor.FullName, tensor.Shape, tensor.Export(rest)));
                report.Add($"{tensor.FullName} [{string.Join(", ", tensor.Shape)}] = {tensor.Origin}");
            }
        }

        return tensors;
    }
}
