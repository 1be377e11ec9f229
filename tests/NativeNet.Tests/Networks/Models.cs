namespace NativeNet.Tests.Networks;

#pragma warning disable CA1812 // the networks are used through static members

[Network("tiny.nn.json")]
internal readonly partial struct Tiny;

[Network("ladder-up.nn.json")]
internal readonly partial struct LadderUp;

[Network("ladder-down.nn.json")]
internal readonly partial struct LadderDown;

[Network("narrow.nn.json")]
internal readonly partial struct Narrow;

[Network("slender.nn.json")]
internal readonly partial struct Slender;

[Network("wide.nn.json")]
internal readonly partial struct Wide;

[Network("strided.nn.json")]
internal readonly partial struct Strided;

[Network("single-layer.nn.json")]
internal readonly partial struct SingleLayer;

[Network("single-activated.nn.json")]
internal readonly partial struct SingleActivated;

[Network("image.nn.json")]
internal readonly partial struct Image;

[Network("binary.nn.json")]
internal readonly partial struct Binary;

[Network("online.nn.json")]
internal readonly partial struct Online;

[Network("straight.nn.json")]
internal readonly partial struct Straight;

[Network("models/digits.nn.json")]
internal readonly partial struct Digits;

[Network("models/deep.nn.json")]
internal readonly partial struct Deep;

[Network("pooled.nn.json")]
internal readonly partial struct Pooled;

[Network("conv-lenet.nn.json")]
internal readonly partial struct ConvLenet;

[Network("conv-padded.nn.json")]
internal readonly partial struct ConvPadded;

[Network("conv-grouped.nn.json")]
internal readonly partial struct ConvGrouped;

[Network("conv-packed.nn.json")]
internal readonly partial struct ConvPacked;

[Network("conv-signal.nn.json")]
internal readonly partial struct ConvSignal;

[Network("conv-ladder-up.nn.json")]
internal readonly partial struct ConvLadderUp;

[Network("conv-ladder-down.nn.json")]
internal readonly partial struct ConvLadderDown;

[Network("layer-norm.nn.json")]
internal readonly partial struct LayerNormed;

[Network("normalization.nn.json")]
internal readonly partial struct Fitted;

[Network("normalization-image.nn.json")]
internal readonly partial struct FittedImage;

[Network("layer-norm-wide.nn.json")]
internal readonly partial struct LayerNormedWide;

[Network("dropout.nn.json")]
internal readonly partial struct Dropped;

[Network("batch-norm.nn.json")]
internal readonly partial struct BatchNormed;

[Network("batch-norm-first.nn.json")]
internal readonly partial struct BatchNormedFirst;

[Network("batch-norm-full.nn.json")]
internal readonly partial struct BatchNormedFull;

[Network("batch-norm-conv.nn.json")]
internal readonly partial struct BatchNormedConv;

[Network("batch-norm-relu.nn.json")]
internal readonly partial struct BatchNormedRelu;

[Network("batch-norm-rows.nn.json")]
internal readonly partial struct BatchNormedRows;

/// <summary>What folding leaves of <see cref="BatchNormedFirst"/>.</summary>
[Network("folded.nn.json")]
internal readonly partial struct Folded;

[Network("residual.nn.json")]
internal readonly partial struct Residual;

[Network("projection.nn.json")]
internal readonly partial struct Projection;

[Network("branches.nn.json")]
internal readonly partial struct Branches;

[Network("reshaped.nn.json")]
internal readonly partial struct Reshaped;

[Network("learned-slopes.nn.json")]
internal readonly partial struct LearnedSlopes;

[Network("slopes-small.nn.json")]
internal readonly partial struct SlopesSmall;

[Network("slopes-even.nn.json")]
internal readonly partial struct SlopesEven;

[Network("gated.nn.json")]
internal readonly partial struct Gated;

[Network("gated-small.nn.json")]
internal readonly partial struct GatedSmall;

[Network("gated-tiny.nn.json")]
internal readonly partial struct GatedTiny;

[Network("gated-conv.nn.json")]
internal readonly partial struct GatedConv;

[Network("products.nn.json")]
internal readonly partial struct Products;

[Network("joined.nn.json")]
internal readonly partial struct Joined;

[Network("side-by-side.nn.json")]
internal readonly partial struct SideBySide;

[Network("without-biases.nn.json")]
internal readonly partial struct WithoutBiases;

[Network("without-biases-tiny.nn.json")]
internal readonly partial struct WithoutBiasesTiny;

[Network("pooled-signal.nn.json")]
internal readonly partial struct PooledSignal;

[Network("pooled-padding.nn.json")]
internal readonly partial struct PooledPadding;

[Network("shares.nn.json")]
internal readonly partial struct Shares;

[Network("probabilities.nn.json")]
internal readonly partial struct Probabilities;

[Network("resampled.nn.json")]
internal readonly partial struct Resampled;

[Network("features.nn.json")]
internal readonly partial struct Features;

/// <summary>A class for every frame.</summary>
[Network("frames.nn.json")]
internal readonly partial struct Frames;

/// <summary>A value for every frame, from the frames so far.</summary>
[Network("causal.nn.json")]
internal readonly partial struct Causal;

/// <summary>Shares for every frame, from states of every cell.</summary>
[Network("frame-cells.nn.json")]
internal readonly partial struct FrameCells;

/// <summary>States that go on from step to step, of a frozen layer too, beside some that do not.</summary>
[Network("stateful.nn.json")]
internal readonly partial struct Stateful;

/// <summary>An image made smaller and larger again.</summary>
[Network("transposed.nn.json")]
internal readonly partial struct Transposed;

/// <summary>A class for every frame of a signal that was made longer.</summary>
[Network("transposed-signal.nn.json")]
internal readonly partial struct TransposedSignal;

/// <summary>Scores that are means.</summary>
[Network("averaged.nn.json")]
internal readonly partial struct Averaged;

[Network("gru-stack.nn.json")]
internal readonly partial struct GruStack;

[Network("lstm-stack.nn.json")]
internal readonly partial struct LstmStack;

[Network("rnn-last.nn.json")]
internal readonly partial struct SimpleRnn;

[Network("recurrent-branches.nn.json")]
internal readonly partial struct RecurrentBranches;

[Network("models/gru.nn.json")]
internal readonly partial struct Gru;

[Network("models/lstm.nn.json")]
internal readonly partial struct Lstm;

/// <summary>Layers of one shape, which call the same methods with parameters of their own.</summary>
[Network("repeated.nn.json")]
internal readonly partial struct Repeated;

/// <inheritdoc cref="Repeated"/>
[Network("repeated-signal.nn.json")]
internal readonly partial struct RepeatedSignal;

/// <summary>Frozen layers and biases alone between layers that learn.</summary>
[Network("frozen.nn.json")]
internal readonly partial struct Frozen;

/// <summary>A frozen recurrent layer below biases and a head that learn.</summary>
[Network("frozen-recurrent.nn.json")]
internal readonly partial struct FrozenRecurrent;

[Network("models/wavenet.nn.json")]
internal readonly partial struct WaveNet;
