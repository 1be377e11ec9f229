using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What becomes of the gradient of a layer's inputs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum InputGradientUse
{
    /// <summary>Nobody wants it.</summary>
    None,

    /// <summary>It is written.</summary>
    Written,

    /// <summary>It is added to what later layers have left.</summary>
    Added,
}
