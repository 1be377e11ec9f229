namespace NativeNet.Compiler.Weights;

/// <summary>What the build made of a file of weights.</summary>
internal enum WeightsState
{
    /// <summary>The project's code has a class with the weights.</summary>
    Packed,

    /// <summary>There is no such file yet.</summary>
    Missing,

    /// <summary>The file is not one of this network's weights.</summary>
    Wrong,
}
