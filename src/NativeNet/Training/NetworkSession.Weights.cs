using NativeNet.Storage;

namespace NativeNet.Training;

/// <content>Weights to and from files.</content>
public partial class NetworkSession<TTarget>
{
    /// <summary>Saves the parameters as a safetensors file; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="metadata">Texts to keep beside the tensors; null for none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
        => ParameterFile.Save(path, Network.Tensors, Parameters, metadata);

    /// <summary>Loads parameters; steps and optimizer state stay what they are.</summary>
    /// <param name="path">A safetensors file of the network's tensors.</param>
    /// <returns>The texts beside the tensors.</returns>
    /// <exception cref="StorageFormatException">The file is damaged or holds other tensors; the parameters are untouched.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public IReadOnlyDictionary<string, string> Load(string path) => ParameterFile.Load(path, Network.Tensors, Parameters);
}
