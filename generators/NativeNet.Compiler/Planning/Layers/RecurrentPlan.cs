using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>A recurrent layer: forward it keeps the gates of every frame, backward their gradients take the gates' place.</summary>
/// <param name="Recurrent">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights and biases, the gates side by side.</param>
/// <param name="Plane">Floats of one value of every unit, padding included.</param>
/// <param name="Kernels">The tiles, one entry a vector width, widest first.</param>
internal sealed record RecurrentPlan(
    RecurrentSpec Recurrent, LayerViews Views, EquatableArray<ParameterTensor> Tensors, int Plane, EquatableArray<RecurrentKernels> Kernels)
    : LayerPlan(Recurrent, Views, Tensors)
{
    /// <summary>Values of a unit that training keeps: the sums of every frame, the states around every frame.</summary>
    private int KeptValues => checked((Recurrent.Steps * (Recurrent.Sums + Recurrent.States)) + Recurrent.States);

    /// <summary>Values of a unit that one frame needs: its sums, and the states before and behind it.</summary>
    private int FrameValues => Recurrent.Sums + (2 * Recurrent.States);

    /// <summary>Whether its frames are the next ones of a signal that goes on, whose state the stream keeps.</summary>
    public bool IsStretch { get; init; }

    /// <summary>The states behind the last frame, each a plane.</summary>
    public override long StreamLength => IsStretch ? (long)Recurrent.CarriedStates * Plane : 0;

    /// <remarks>A step of a stateful layer goes on from the states that the last one has left here, which is why it has the place for itself.</remarks>
    public override View? SavedFrames => Views.IsOnTheWayBack || Recurrent.IsStateful ? Kept : null;

    public override bool SavedFramesStay => Recurrent.IsStateful;

    /// <summary>Losses and predictions begin from zeros, steps where the last one stood.</summary>
    public override bool TrainsOtherwise => Recurrent.IsStateful;

    /// <summary>The same where a gradient comes back.</summary>
    public View Kept => Own("Kept", KeptValues);

    public override View Scratch => Own("Frame", FrameValues);

    public override bool ReadsInputsAlone => true;

    public override bool NeedsBackward => true;

    public override IEnumerable<View> BackwardReads => [Kept, .. base.BackwardReads, .. ParameterViews];

    public override IEnumerable<View> BackwardWrites => [Kept, Scratch, .. base.BackwardWrites];

    public override IEnumerable<View> UpdateReads => LearnsWeights ? [Views.Input, Kept] : [Kept];

    /// <summary>The rows of weights whose gradients a network that is run from its file sums at once.</summary>
    private const int RunRows = 8;

    /// <summary>Room for the tallest tile of gradients.</summary>
    public override int ScratchLength => Math.Max(base.ScratchLength, Recurrent.Gates * Target.UnitPanel * Math.Max(RunRows, Kernels.Select(static kernels => kernels.GradientRows).DefaultIfEmpty().Max()));

    public override string SumOrder => "2 chains";

    public override IEnumerable<(string Operation, IEnumerable<string> Tiles)> DescribeTiles()
    {
        yield return ("frames of a block", Kernels.Select(static kernels => kernels.Frames.ToString()));
        yield return ("one frame", Kernels.Select(static kernels => string.Join(", ", kernels.Regions.Select(static region => region.OneFrame.ToString()))));
        if (LearnsWeights)
            yield return ("weight gradient", Kernels.Select(static kernels => string.Join(", ", kernels.Regions.Select(static region => region.Gradient.ToString()))));
        if (Views.IsOnTheWayBack)
            yield return ("gradient of the state", Kernels.Select(static kernels => kernels.ToState.ToString()));
        if (Views.InputGradient.Gradient is not null)
            yield return ("input gradient", Kernels.Select(static kernels => kernels.ToInputs.ToString()));
    }

    /// <summary>The plan of a layer.</summary>
    /// <param name="layer">A checked layer.</param>
    /// <param name="site">What surrounds it.</param>
    public static RecurrentPlan Create(RecurrentSpec layer, LayerSite site) => new(
        layer, site.ViewsOf(layer), site.TensorsOf(layer),
        site.Target.IsVectorized ? new PanelMatrix(1, layer.Units, Target.UnitPanel).PaddedColumns : layer.Units,
        new([.. site.Target.Widths.Select(width => RecurrentKernels.Create(width, layer, site.BlockSize))]))
    {
        IsStretch = site.StretchFrames > 0,
    };

    private View Own(string name, int values)
        => new(NameOf(Recurrent) + name, NameOf(Recurrent) + name, Views.Output.Form, checked(values * Recurrent.Units), checked(values * Plane));
}
