using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>The sums of products of one recurrent layer, and a frame of one sample: of fixed sizes in generated code, of any size in a library's.</summary>
/// <remarks>
/// Weights lie in panels of units, [panel][k][gate][unit]. Every sum has the order that the contract gives it, whatever holds it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecurrentSums
{
    /// <summary>The most rows of weights of a call of <see cref="WeightGradients"/>.</summary>
    static virtual int GradientRows => throw new NotSupportedException("The layer's weights do not learn.");

    /// <summary>One frame of one sample, from its sums to the states behind it: lanes over units.</summary>
    /// <param name="x">(I).</param>
    /// <param name="before">The states before the frame, (states, plane).</param>
    /// <param name="behind">The states behind it, (states, plane), overwritten.</param>
    /// <param name="sums">Scratch of (sums, plane), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    static abstract void OneFrame(ref float x, ref float before, ref float behind, ref float sums, ref float parameters, in RecurrentShape shape);

    /// <summary>The sums of a panel for one frame of a block of samples: lanes over samples.</summary>
    /// <param name="x">(I, block).</param>
    /// <param name="h">The states before the frame, (H, block).</param>
    /// <param name="sums">(sums, units of the panel, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="panel">The panel, from 0.</param>
    /// <param name="block">The samples side by side.</param>
    static abstract void Frames(ref float x, ref float h, ref float sums, ref float parameters, in RecurrentShape shape, int panel, int block);

    /// <summary>What the sums of a frame leave for the state before it: dh becomes dh + Σ ds · u, one chain.</summary>
    /// <param name="ds">The gradients of the sums, panel by panel (sums, units, block).</param>
    /// <param name="dh">(H, block), what each chain starts from, overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    static virtual void ToState(ref float ds, ref float dh, ref float parameters, in RecurrentShape shape, int block)
        => throw new NotSupportedException("The layer has no way back.");

    /// <summary>The gradient of a frame's inputs: Σ ds · w, one chain.</summary>
    /// <param name="ds">The gradients of the sums, panel by panel (sums, units, block).</param>
    /// <param name="dx">(I, block), overwritten or added to.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    static virtual void ToInputs(ref float ds, ref float dx, ref float parameters, in RecurrentShape shape, int block, bool adds)
        => throw new NotSupportedException("Nobody asks for the gradient of the layer's inputs.");

    /// <summary>The gradients of some rows of a panel's weights: one chain over frames, in each over samples.</summary>
    /// <param name="factors">What the first row is multiplied with, of the first frame and sample.</param>
    /// <param name="frames">Where the others are.</param>
    /// <param name="ds">The gradients of the panel's sums.</param>
    /// <param name="gradients">(rows, gates, units of the panel), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="panel">The panel, from 0.</param>
    /// <param name="rows">How many rows: <see cref="GradientRows"/>, or what is left.</param>
    /// <param name="isHidden">Whether of the weights of h; else of x.</param>
    static virtual void WeightGradients(
        ref float factors, in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel, int rows, bool isHidden)
        => throw new NotSupportedException("The layer's weights do not learn.");

    /// <summary>The sums of the gradients of a panel's sums, which are those of their biases: one chain over frames, in each over samples.</summary>
    /// <param name="frames">Where they lie.</param>
    /// <param name="ds">The gradients of the panel's sums.</param>
    /// <param name="gradients">(sums, units of the panel), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="panel">The panel, from 0.</param>
    static virtual void BiasGradients(in RecurrentFrames frames, ref float ds, ref float gradients, in RecurrentShape shape, int panel)
        => throw new NotSupportedException("The layer's biases do not learn.");
}
