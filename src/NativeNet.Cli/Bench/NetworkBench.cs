using NativeNet.Description;

namespace NativeNet.Cli.Bench;

/// <summary>A network with memory of its own, ready to be measured.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="spec">What it is.</param>
internal abstract class NetworkBench(string name, NetworkSpec spec) : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The samples of a batch.</summary>
    public int BatchSize => spec.BatchSize;

    /// <summary>Inputs and units, as in 64-32-10.</summary>
    public string Shape => string.Join('-', Dense.Select(static layer => layer.Inputs).Append(Dense[^1].Units));

    /// <summary>The layers that compute.</summary>
    protected DenseSpec[] Dense { get; } = [.. spec.Layers.OfType<DenseSpec>()];

    /// <summary>Everything that is measured.</summary>
    public abstract Workload[] Workloads();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The multiply-adds of one layer, forward, for one sample: K · N.</summary>
    protected static double MultiplyAdds(DenseSpec layer) => (double)layer.Inputs * layer.Units;
}
