using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>How a network takes a signal that goes on, stretch by stretch.</summary>
/// <param name="Stream">What lives from one call to the next, layer by layer; zeros before the first frame.</param>
/// <param name="Workspace">The scratch of a call.</param>
/// <param name="Stretches">The numbers of frames that there is code for, most first, 1 last: a call takes the most that are left.</param>
internal sealed record StreamPlan(Workspace Stream, Workspace Workspace, EquatableArray<Stretch> Stretches);

/// <summary>The code for one number of frames.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Layers">The layers over so many frames, each with a name of its own.</param>
/// <param name="Procedure">The outputs of the frames from their inputs.</param>
internal sealed record Stretch(int Frames, EquatableArray<LayerPlan> Layers, Procedure Procedure)
{
    /// <summary>Where the outputs are left.</summary>
    public View Outputs => Procedure.Calls.Last().Reads[0];

    /// <summary>The layer of an operation.</summary>
    public LayerPlan LayerOf(Op op) => Layers.First(layer => layer.Spec.Index == op.Layer!.Index);
}
