using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NativeNet.PeerBenchmarks;

/// <summary>A network in TorchSharp on one thread, with a batch of samples in tensors.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Sequential _network;
    private readonly optim.Optimizer _rule;
    private readonly Tensor _inputs;
    private readonly Tensor _classes;

    /// <summary>Copies parameters and samples.</summary>
    /// <param name="layers">The layers, all but the last with relu.</param>
    /// <param name="inputs">(batch, inputs).</param>
    /// <param name="classes">(batch).</param>
    /// <param name="rule">Makes the update rule for the parameters.</param>
    public TorchNetwork(
        IReadOnlyList<DenseTensors> layers, ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes,
        Func<IEnumerable<Parameter>, optim.Optimizer> rule)
    {
        set_num_threads(1);
        var modules = new List<nn.Module<Tensor, Tensor>>();
        foreach (DenseTensors layer in layers)
        {
            if (modules.Count > 0)
                modules.Add(nn.ReLU());
            modules.Add(Linear(layer));
        }

        _network = nn.Sequential(modules);
        _rule = rule(_network.parameters());
        _inputs = tensor(inputs.ToArray(), [classes.Length, layers[0].Inputs]);
        _classes = tensor(classes.ToArray(), dtype: int64);
    }

    /// <summary>The scores of the batch.</summary>
    public float[] Scores()
    {
        using DisposeScope scope = NewDisposeScope();
        using var mode = inference_mode();
        return _network.forward(_inputs).data<float>().ToArray();
    }

    /// <summary>Computes the scores of the batch and leaves them where they are.</summary>
    public void Predict()
    {
        using DisposeScope scope = NewDisposeScope();
        using var mode = inference_mode();
        _network.forward(_inputs);
    }

    /// <summary>Forward, backward and update.</summary>
    /// <returns>The mean loss before the update.</returns>
    public float Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _rule.zero_grad();
        Tensor loss = nn.functional.cross_entropy(_network.forward(_inputs), _classes);
        loss.backward();
        _rule.step();
        return loss.item<float>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rule.Dispose();
        _network.Dispose();
        _inputs.Dispose();
        _classes.Dispose();
    }

    private static Linear Linear(DenseTensors layer)
    {
        Linear linear = nn.Linear(layer.Inputs, layer.Units);
        using var mode = no_grad();
        using Tensor weights = tensor(layer.Weights, [layer.Units, layer.Inputs]), biases = tensor(layer.Biases);
        linear.weight.copy_(weights);
        linear.bias!.copy_(biases);
        return linear;
    }
}
