using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Everything that the code of one layer depends on, decided.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Views">The values that it reads and writes in training.</param>
/// <param name="Tensors">Its parameters and their places.</param>
internal abstract record LayerPlan(LayerSpec Spec, LayerViews Views, EquatableArray<ParameterTensor> Tensors)
{
    /// <summary>The prefix of its methods and constants, for example <c>Dense1</c>.</summary>
    public string Name { get; init; } = NameOf(Spec);

    /// <summary>Whether it reads parameters.</summary>
    public bool HasParameters => Tensors.Count > 0;

    /// <summary>Where its first parameter lies: from there its methods find all of them.</summary>
    public int FirstParameter => Tensors.Select(static tensor => tensor.Offset).DefaultIfEmpty().Min();

    /// <summary>The layer as its methods know it: as if its first parameter were the first of all.</summary>
    public LayerPlan FromFirstParameter
    {
        get
        {
            int first = FirstParameter;
            return this with { Tensors = new([.. Tensors.Select(tensor => tensor with { Slot = tensor.Slot with { Offset = tensor.Offset - first } })]) };
        }
    }

    /// <summary>Whether there is anything to update.</summary>
    public bool Learns { get; } = Tensors.Any(static tensor => tensor.Slot.IsTrained);

    /// <summary>Whether its weights are updated, which takes what they were multiplied with.</summary>
    public bool LearnsWeights => Learns && Spec.Trainable == TrainableParts.All;

    /// <summary>Its parameters as values.</summary>
    public IEnumerable<View> ParameterViews
        => Tensors.Select(static tensor => new View(tensor.Name, Buffer.Parameters, SampleForm.Whole, tensor.Matrix.Length, tensor.Matrix.Length, tensor.Offset));

    /// <summary>Those that training changes.</summary>
    public IEnumerable<View> LearnedViews => Tensors.Zip(ParameterViews, static (tensor, view) => (tensor, view)).Where(static own => !own.tensor.Slot.IsFrozen).Select(static own => own.view);

    /// <summary>Whether its forward pass is another in training than in prediction.</summary>
    public virtual bool TrainsOtherwise => false;

    /// <summary>What its forward pass keeps for its backward pass and its update besides its outputs; null where there is nothing.</summary>
    public virtual View? SavedFrames => null;

    /// <summary>Whether its kernels for one sample read no float behind their inputs, not even to leave it alone.</summary>
    public virtual bool ReadsInputsAlone => false;

    /// <summary>Whether a step reads there what the last one has left, so that nothing else may lie in its place.</summary>
    public virtual bool SavedFramesStay => false;

    /// <summary>Room that its passes need while they run; null where they need none.</summary>
    public virtual View? Scratch => null;

    /// <summary>What it knows of a whole batch, which its rows wait for in both directions; null where they do not.</summary>
    public virtual View? Statistics => null;

    /// <summary>The inputs that sums over a batch read.</summary>
    public virtual IEnumerable<View> StatisticsReads => Views.Inputs;

    /// <summary>What the sums over a batch that its gradients wait for read besides its inputs and their gradients.</summary>
    public virtual IEnumerable<View> GradientStatisticsReads => [];

    /// <summary>What its backward pass saves for the update of its parameters; null where there is nothing.</summary>
    public virtual View? Saved => null;

    /// <summary>Floats that it keeps in a stream, from one stretch of a signal to the next; 0 where it needs nothing of earlier frames.</summary>
    public virtual long StreamLength => 0;

    /// <summary>What it keeps there, or null.</summary>
    public View? Stream => StreamLength == 0 ? null
        : new View(NameOf(Spec) + "Stream", NameOf(Spec) + "Stream", SampleForm.Whole, checked((int)StreamLength), checked((int)StreamLength));

    /// <summary>The gradient with respect to its sums, after the activation has been taken back.</summary>
    public virtual View SumGradient => Views.Incoming;

    /// <summary>Whether its forward pass does anything.</summary>
    public virtual bool NeedsForward => true;

    /// <summary>Whether its backward pass does anything.</summary>
    public virtual bool NeedsBackward => Views.WantsInputGradient;

    /// <summary>What its backward pass reads.</summary>
    public virtual IEnumerable<View> BackwardReads => [Views.Incoming, .. AddedTo];

    /// <summary>What its backward pass writes.</summary>
    public virtual IEnumerable<View> BackwardWrites => Views.InputGradients.Select(static target => target.Gradient).OfType<View>();

    /// <summary>Whether its backward pass updates its parameters as well.</summary>
    public virtual bool UpdatesOnTheWayBack => false;

    /// <summary>What its forward pass may write in the place of what it reads.</summary>
    public virtual IEnumerable<Replacement> ForwardInPlace => [];

    /// <summary>What its backward pass may write in the place of what it reads.</summary>
    public virtual IEnumerable<Replacement> BackwardInPlace => [];

    /// <summary>What the update of its parameters reads.</summary>
    public virtual IEnumerable<View> UpdateReads => LearnsWeights ? [Views.Input, SumGradient] : [SumGradient];

    /// <summary>Whether the gradients of its parameters are sums over samples of 16 chains, which processes may hand on; else one chain.</summary>
    public virtual bool SumsInChains => false;

    /// <summary>The gradients that are kept for it, and scratch for them.</summary>
    public virtual IEnumerable<View> GradientViews => [Views.Incoming];

    /// <summary>Floats of scratch that a thread needs for its update; at least 16 sums of 16 lanes, as the losses do.</summary>
    public virtual int ScratchLength => 256;

    /// <summary>The order of its forward sums for the plan's table; empty where there are none.</summary>
    public virtual string SumOrder => "";

    /// <summary>Gradients of sources that later layers have left their shares in; a source that stands here twice adds to itself.</summary>
    protected IEnumerable<View> AddedTo => Views.InputGradients
        .GroupBy(static target => target.Gradient)
        .Where(static same => same.First().Adds)
        .Select(static same => same.Key)
        .OfType<View>();

    /// <summary>Vector multiply-adds of one prediction, or null where no straight line of them can be written.</summary>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    public virtual long? SingleOperations(int widthIndex) => null;

    /// <summary>The long functions of such a line.</summary>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    public virtual int LongActivations(int widthIndex) => 0;

    /// <summary>Its tiles in such a line, for the plan's table.</summary>
    /// <param name="widthIndex">The width's place in <see cref="VectorWidth.All"/>.</param>
    public virtual string DescribeStraight(int widthIndex) => "";

    /// <summary>Its register tiles for the plan's table, one text a width.</summary>
    public virtual IEnumerable<(string Operation, IEnumerable<string> Tiles)> DescribeTiles() => [];

    /// <summary>For a layer that computes element by element: each of some values may have the gradient of a source in its place.</summary>
    /// <param name="read">What its backward pass reads.</param>
    /// <param name="targets">The gradients that it writes, and adds to nothing.</param>
    protected static IEnumerable<Replacement> InPlaceOf(IEnumerable<View> read, IEnumerable<GradientTarget> targets)
        => from value in read
           from target in targets
           where target is { Adds: false, Gradient: not null }
           select new Replacement(value, target.Gradient!);

    /// <summary>The place of a tensor.</summary>
    /// <param name="name">Its name within the layer.</param>
    public ParameterTensor Tensor(string name) => Tensors.First(own => own.Spec.Name == name);

    /// <summary>The prefix of a layer's methods and constants: its type and its position in the file.</summary>
    public static string NameOf(LayerSpec spec)
        => FormattableString.Invariant($"{char.ToUpperInvariant(spec.Type[0])}{spec.Type.Substring(1)}{spec.Index}");
}
