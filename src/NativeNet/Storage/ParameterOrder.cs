namespace NativeNet.Storage;

/// <summary>What a file of weights is taken for that does not say in which order its elements lie.</summary>
public enum ParameterOrder
{
    /// <summary>A file must say so, unless its shapes rule out the orders of other libraries.</summary>
    Stated,

    /// <summary>A file that does not say so is in the order of this library.</summary>
    NativeNet,
}
