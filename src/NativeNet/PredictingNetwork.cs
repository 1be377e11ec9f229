using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet;

/// <summary>A network as an object: what <see cref="INetwork"/> offers statically, whether it was generated or read at run time.</summary>
/// <remarks>It holds no parameters and nothing that a call changes: any number of threads may use one, each with memory of its own.</remarks>
public abstract class PredictingNetwork
{
    /// <summary>The network as JSON, defaults filled in; <see cref="NetworkSpec.Parse"/> reads it.</summary>
    public abstract string Json { get; }

    /// <summary>The plan in words: layers, shapes, orders of summation, memory.</summary>
    public abstract string Plan { get; }

    /// <summary>The SHA-256 of the JSON without its training section, class names and budget, in hexadecimal digits: what a checkpoint belongs to.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The tensors of the parameters by name, shape and place: what saving and loading go by.</summary>
    public abstract TensorTable Tensors { get; }

    /// <summary>How the file says that the network is to be trained; null where it does not.</summary>
    public abstract TrainingSpec? Training { get; }

    /// <summary>What the classes are called, one name a score of a position; empty where the file does not say.</summary>
    public abstract EquatableArray<string> Classes { get; }

    /// <summary>The shape of one input sample.</summary>
    public abstract Shape InputShape { get; }

    /// <summary>The elements of one input sample.</summary>
    public abstract int InputLength { get; }

    /// <summary>The scores of one sample.</summary>
    public abstract int OutputLength { get; }

    /// <summary>The most samples in one call of a batched operation.</summary>
    public abstract int BatchSize { get; }

    /// <summary>The floats of a parameter buffer, padding included; also of a gradient buffer.</summary>
    public int ParametersLength => Tensors.Length;

    /// <summary>The floats at the start of a parameter buffer that are trained; running averages, where there are any, lie behind.</summary>
    public int TrainedLength => Tensors.TrainedLength;

    /// <summary>The floats of workspace that <see cref="Predict"/> needs.</summary>
    public abstract int PredictWorkspaceLength { get; }

    /// <summary>The floats of workspace that <see cref="PredictBatch"/> needs.</summary>
    public abstract int PredictBatchWorkspaceLength { get; }

    /// <summary>How the network takes a signal frame by frame; null where an output depends on later frames, or there are none. Its plan says why.</summary>
    public virtual StreamingNetwork? Streaming => null;

    /// <summary>Fills <paramref name="parameters"/> with first weights; biases and padding become 0.</summary>
    /// <param name="parameters">(ParametersLength), overwritten.</param>
    /// <param name="seed">The same seed gives the same bits on every machine.</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public abstract void Initialize(Span<float> parameters, ulong seed);

    /// <summary>Computes the scores of one sample.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="input">(InputLength).</param>
    /// <param name="scores">(OutputLength), overwritten: the last layer's outputs, before any softmax or sigmoid of the loss.</param>
    /// <param name="workspace">At least PredictWorkspaceLength.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public abstract void Predict(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace);

    /// <summary>Computes the scores of 1 to BatchSize samples.</summary>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength), row-major.</param>
    /// <param name="scores">(count, OutputLength), row-major, overwritten.</param>
    /// <param name="workspace">At least PredictBatchWorkspaceLength.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public abstract void PredictBatch(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace);
}
