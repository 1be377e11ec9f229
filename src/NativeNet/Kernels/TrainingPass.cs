using System.ComponentModel;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>One training step's memory, checked: what the passes over rows and over weights work on.</summary>
/// <typeparam name="TTarget">The type of the targets.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TrainingPass<TTarget>
    where TTarget : unmanaged
{
    private readonly ref float _parameters;
    private readonly ref float _state;
    private readonly ref float _inputs;
    private readonly ref float _workspace;

    /// <summary>Gathers the step's memory.</summary>
    /// <param name="parameters">What is updated, or the gradient buffer that is filled.</param>
    /// <param name="state">The update rule's state.</param>
    /// <param name="inputs">(count, InputLength).</param>
    /// <param name="targets">(count, TargetLength).</param>
    /// <param name="workspace">The training workspace.</param>
    /// <param name="count">The samples.</param>
    /// <param name="draw">What decides the step's random numbers.</param>
    /// <param name="classWeights">What the loss of a sample of each class is multiplied by; empty for 1.</param>
    public TrainingPass(
        ReadOnlySpan<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        Span<float> workspace, int count, TrainingDraw draw = default, ReadOnlySpan<float> classWeights = default)
    {
        _parameters = ref MemoryMarshal.GetReference(parameters);
        _state = ref MemoryMarshal.GetReference(state);
        _inputs = ref MemoryMarshal.GetReference(inputs);
        Targets = targets;
        _workspace = ref MemoryMarshal.GetReference(workspace);
        Count = (nuint)count;
        Samples = new SampleShare(Count);
        Draw = draw;
        ClassWeights = classWeights;
    }

    /// <summary>The first parameter.</summary>
    public ref float Parameters => ref _parameters;

    /// <summary>The first value of state.</summary>
    public ref float State => ref _state;

    /// <summary>The first input.</summary>
    public ref float Inputs => ref _inputs;

    /// <summary>All targets.</summary>
    public ReadOnlySpan<TTarget> Targets { get; }

    /// <summary>The first float of the workspace.</summary>
    public ref float Workspace => ref _workspace;

    /// <summary>The samples of the whole step.</summary>
    public nuint Count { get; }

    /// <summary>The samples that are added to sums over the batch.</summary>
    public SampleShare Samples { get; init; }

    /// <summary>What decides the step's random numbers.</summary>
    public TrainingDraw Draw { get; }

    /// <summary>What the loss of a sample of each class, and with it its gradient, is multiplied by; empty for 1.</summary>
    public ReadOnlySpan<float> ClassWeights { get; }
}
