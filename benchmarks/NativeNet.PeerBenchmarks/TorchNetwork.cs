using NativeNet.Description;
using NativeNet.Folding;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NativeNet.PeerBenchmarks;

/// <summary>A network in libtorch, on one thread, with a batch of samples in tensors and Adam for its training.</summary>
/// <remarks>
/// Images are (samples, channels, rows, columns). In memory they and the weights of convolutions lie in that order, or with
/// the channels last: libtorch has kernels for both, and what they put out lies as what they are given.
/// </remarks>
internal sealed class TorchNetwork : IDisposable
{
    private readonly NetworkSpec _spec;
    private readonly bool _isChannelsLast;
    private readonly ScalarType _type;
    private readonly Dictionary<(int Layer, string Name), Tensor> _tensors = [];
    private readonly TorchLayers _layers;
    private readonly optim.Optimizer _rule;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;

    /// <summary>Copies parameters and samples.</summary>
    /// <param name="spec">The network, of layers that <see cref="TorchLayers"/> knows.</param>
    /// <param name="parameters">(spec.ParameterCount), row-major.</param>
    /// <param name="inputs">(batch, spec.Input).</param>
    /// <param name="targets">(batch) class numbers, or (batch, spec.Output) values: an array of int or of float.</param>
    /// <param name="isChannelsLast">How images lie in memory.</param>
    /// <param name="learningRate">Of Adam.</param>
    /// <param name="epsilon">Of Adam.</param>
    /// <param name="type">What it computes in: <see cref="ScalarType.Float32"/> or <see cref="ScalarType.Float64"/>.</param>
    public TorchNetwork(
        NetworkSpec spec, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, bool isChannelsLast,
        float learningRate, float epsilon, ScalarType type = ScalarType.Float32)
    {
        set_num_threads(1);
        (_spec, _isChannelsLast, _type) = (spec, isChannelsLast, type);
        var tensors = new LayerTensors(spec, parameters);
        List<Parameter> trained = [];
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                Tensor values = Create(tensors[layer.Index, parameter.Name], [.. parameter.Dimensions.Select(static side => (long)side)]);
                if (!parameter.IsGathered)
                    trained.Add(new Parameter(values, requires_grad: true));
                _tensors.Add((layer.Index, parameter.Name), parameter.IsGathered ? values : trained[^1]);
            }
        }

        _layers = new TorchLayers(spec, _tensors);
        _rule = optim.Adam(trained, learningRate, eps: epsilon);
        _inputs = Create(inputs.ToArray(), [inputs.Length / spec.Input.Length, .. spec.Input.Dimensions.Select(static side => (long)side)]);
        _targets = targets is int[] classes ? tensor(classes, dtype: int64) : Create((float[])targets, [_inputs.shape[0], spec.Output.Length]);
    }

    /// <summary>(batch, OutputLength), the scores by the running averages.</summary>
    public float[] Scores()
    {
        using DisposeScope scope = NewDisposeScope();
        using var mode = inference_mode();
        return Forward(drop: null).data<float>().ToArray();
    }

    /// <summary>Forward, backward and update.</summary>
    /// <returns>The mean loss before the update.</returns>
    public float Step() => Step(static (layer, x) => nn.functional.dropout(x, layer.Rate));

    /// <summary>The same, with dropout as the caller draws it.</summary>
    /// <param name="keeps">For each value of a layer (batch, layer.Input) its factor: 0, or what those that are kept are multiplied with.</param>
    /// <returns>The mean loss before the update.</returns>
    public float Step(Func<DropoutSpec, float[]> keeps)
        => Step((layer, x) => x * Create(keeps(layer), [x.shape[0], .. layer.Input.Dimensions.Select(static side => (long)side)]));

    /// <inheritdoc/>
    public void Dispose()
    {
        _rule.Dispose();
        foreach (Tensor each in _tensors.Values)
            each.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }

    private float Step(Func<DropoutSpec, Tensor, Tensor> drop)
    {
        using DisposeScope scope = NewDisposeScope();
        _rule.zero_grad();
        Tensor scores = Forward(drop);
        Tensor loss = _spec.Loss == LossKind.MeanSquaredError
            ? nn.functional.mse_loss(scores, _targets)
            : nn.functional.cross_entropy(scores, _targets);
        loss.backward();
        _rule.step();
        return loss.to_type(float32).item<float>();
    }

    private Tensor Forward(Func<DropoutSpec, Tensor, Tensor>? drop)
    {
        var values = new Tensor[_spec.Layers.Count];
        foreach (LayerSpec layer in _spec.Layers)
            values[layer.Index] = _layers.Forward(layer, [.. layer.Sources.Select(source => source < 0 ? _inputs : values[source])], drop);
        return values[^1];
    }

    /// <summary>A tensor that lies as the network's do: of four dimensions, the last are the channels.</summary>
    private Tensor Create(float[] values, long[] dimensions)
    {
        Tensor given = tensor(values, dimensions, dtype: _type);
        if (dimensions.Length != 4)
            return given;

        using (given)
        {
            Tensor turned = given.permute(0, 3, 1, 2);
            if (_isChannelsLast)
                return turned;
            using (turned)
                return turned.contiguous();
        }
    }
}
