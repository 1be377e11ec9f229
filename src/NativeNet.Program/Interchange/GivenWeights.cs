using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Program.Interchange;

/// <summary>Loads weights that a user names; of a file of another program says how its content comes here.</summary>
internal static class GivenWeights
{
    private const string Wanted = "safetensors";

    /// <inheritdoc cref="ParameterFile.Load(string, TensorTable, Span{float}, ParameterOrder)"/>
    public static void Load(string path, TensorTable table, Span<float> packed, ParameterOrder order)
    {
        try
        {
            ParameterFile.Load(path, table, packed, order);
        }
        catch (StorageFormatException)
        {
            ForeignFormat.Refuse(path, Wanted);
            throw;
        }
    }

    /// <inheritdoc cref="ParameterFile.Load(string, NetworkSpec, Span{float}, ParameterOrder)"/>
    public static void Load(string path, NetworkSpec spec, Span<float> rowMajor, ParameterOrder order)
    {
        try
        {
            ParameterFile.Load(path, spec, rowMajor, order);
        }
        catch (StorageFormatException)
        {
            ForeignFormat.Refuse(path, Wanted);
            throw;
        }
    }
}
