using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// The rule whose update is the gradient itself: a training step over a gradient buffer with it materialises the
/// gradients with the very kernels that train.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StoreGradient : IUpdateRule<StoreGradient>
{
    /// <inheritdoc/>
    public static int StateCount => 0;

    /// <summary>Has no effect.</summary>
    public float LearningRate { get; init; }

    /// <inheritdoc/>
    public StoreGradient AtStep(long step) => this;

    /// <inheritdoc/>
    public float Update(float parameter, float gradient, ref float first, ref float second) => gradient;

    /// <inheritdoc/>
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
        => gradient;
}
