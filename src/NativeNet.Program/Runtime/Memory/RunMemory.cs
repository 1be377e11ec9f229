using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Memory;

/// <summary>The memory of one call of a network, and the samples that its steps are at.</summary>
internal readonly ref struct RunMemory
{
    private readonly ref float _inputs;
    private readonly ref float _parameters;
    private readonly ref float _state;
    private readonly ref float _workspace;
    private readonly ref float _scratch;

    /// <summary>Gathers the memory of a call; what it has no use for is a reference to anything.</summary>
    /// <param name="inputs">The first input of sample 0.</param>
    /// <param name="parameters">The first parameter; for an update what is updated.</param>
    /// <param name="state">The first value of what survives between calls: the rule's state, or a signal's stream.</param>
    /// <param name="workspace">The first float of the workspace.</param>
    /// <param name="scratch">The thread's scratch.</param>
    public RunMemory(ref float inputs, ref float parameters, ref float state, ref float workspace, ref float scratch)
    {
        _inputs = ref inputs;
        _parameters = ref parameters;
        _state = ref state;
        _workspace = ref workspace;
        _scratch = ref scratch;
    }

    /// <summary>The first input of sample 0.</summary>
    public ref float Inputs => ref _inputs;

    /// <summary>The first parameter.</summary>
    public ref float Parameters => ref _parameters;

    /// <summary>The first value of what survives between calls: the rule's state, or a signal's stream.</summary>
    public ref float State => ref _state;

    /// <summary>The first float of the workspace.</summary>
    public ref float Workspace => ref _workspace;

    /// <summary>The thread's scratch.</summary>
    public ref float Scratch => ref _scratch;

    /// <summary>The class numbers of all samples, where the loss takes these.</summary>
    public ReadOnlySpan<int> Classes { get; init; }

    /// <summary>The target values of all samples, (samples, outputs), where the loss takes these.</summary>
    public ReadOnlySpan<float> Values { get; init; }

    /// <summary>What the loss of a sample of each class is multiplied by; empty for 1.</summary>
    public ReadOnlySpan<float> ClassWeights { get; init; }

    /// <summary>What decides the step's random numbers.</summary>
    public TrainingDraw Draw { get; init; }

    /// <summary>The samples of the whole batch.</summary>
    public nuint BatchCount { get; init; }

    /// <summary>The samples that are added to sums over the batch.</summary>
    public SampleShare Samples { get; init; }

    /// <summary>The first sample at hand.</summary>
    public nuint Sample { get; init; }

    /// <summary>The samples at hand.</summary>
    public nuint Count { get; init; }

    /// <summary>The same memory with other samples at hand.</summary>
    /// <param name="sample">The first.</param>
    /// <param name="count">How many.</param>
    public RunMemory At(nuint sample, nuint count) => new(ref _inputs, ref _parameters, ref _state, ref _workspace, ref _scratch)
    {
        Classes = Classes,
        Values = Values,
        ClassWeights = ClassWeights,
        Draw = Draw,
        BatchCount = BatchCount,
        Samples = Samples,
        Sample = sample,
        Count = count,
    };
}
