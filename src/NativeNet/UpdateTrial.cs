using NativeNet.Kernels;

namespace NativeNet;

/// <summary>Runs parts of a network's updates on a batch of one sample of zeros, so that they show which parameters they write.</summary>
/// <param name="run">Stores the gradients of a phase's part in a gradient buffer, with a workspace of zeros.</param>
/// <param name="step">What it works on.</param>
/// <param name="parametersLength">The floats of a gradient buffer.</param>
/// <param name="workspaceLength">The floats of a workspace.</param>
internal readonly unsafe ref struct UpdateTrial(
    delegate*<void*, int, PhasePart, Span<float>, Span<float>, void> run, void* step, int parametersLength, int workspaceLength)
{
    /// <summary>The floats of a gradient buffer.</summary>
    public int ParametersLength => parametersLength;

    /// <summary>The floats of a workspace.</summary>
    public int WorkspaceLength => workspaceLength;

    /// <summary>Runs a part.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="part">The part.</param>
    /// <param name="gradients">(ParametersLength), written where the part updates.</param>
    /// <param name="workspace">(WorkspaceLength), zeros.</param>
    public void Run(int phase, PhasePart part, Span<float> gradients, Span<float> workspace) => run(step, phase, part, gradients, workspace);
}
