using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>How the work of a phase is cut into parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum PhaseKind
{
    /// <summary>By samples: forward, losses and backward, as far as samples go by themselves.</summary>
    Rows,

    /// <summary>By outputs of sums over the whole batch, which the rows behind them need.</summary>
    Statistics,

    /// <summary>By layers, and each layer by its weights: their gradients, applied by the update rule.</summary>
    Update,
}
