using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>What an operation does.</summary>
internal enum OpKind
{
    /// <summary>Copies values as they are, between forms too: rows to blocks, blocks to rows.</summary>
    Copy,

    /// <summary>A layer's outputs from its inputs, as prediction has them.</summary>
    Forward,

    /// <summary>The same as training has them, where that differs.</summary>
    TrainingForward,

    /// <summary>A layer's outputs for the next frames of a signal, from its inputs and what it keeps in the stream, which it brings up to date.</summary>
    Process,

    /// <summary>Sums over the whole batch that a layer's outputs depend on.</summary>
    Statistics,

    /// <summary>The losses of samples, and the gradient of their scores.</summary>
    Loss,

    /// <summary>Sums over the whole batch that a layer's input gradient depends on.</summary>
    GradientStatistics,

    /// <summary>From the gradient of a layer's outputs to that of its sums, and on to those of what it reads.</summary>
    Backward,

    /// <summary>A layer's parameter gradients, summed over the whole batch and applied by the update rule, or stored.</summary>
    Update,

    /// <summary>Backward and update in one pass over a layer's parameters, each of which serves the gradient of the inputs before it moves.</summary>
    BackwardUpdate,

    /// <summary>Moves a layer's running averages.</summary>
    RunningAverages,

    /// <summary>The mean of the samples' losses.</summary>
    MeanLoss,
}

/// <summary>One operation: what is computed, with its shapes and orders of summation, which the layer and the numeric contract state.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Layer">The layer whose operation it is; null for those of the whole network.</param>
internal sealed record Op(OpKind Kind, LayerSpec? Layer = null)
{
    /// <summary>Whether it sums over the whole batch, so that every row must be done before.</summary>
    public bool NeedsWholeBatch
        => Kind is OpKind.Statistics or OpKind.GradientStatistics or OpKind.Update or OpKind.RunningAverages or OpKind.MeanLoss;
}
