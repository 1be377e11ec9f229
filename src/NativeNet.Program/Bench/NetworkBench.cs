using NativeNet.Description;

namespace NativeNet.Program.Bench;

/// <summary>A network with memory of its own, ready to be measured.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="spec">What it is.</param>
internal abstract class NetworkBench(string name, NetworkSpec spec) : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The samples of a batch.</summary>
    public int BatchSize => spec.BatchSize;

    /// <summary>The shapes of what the layers read and write, as in 64-32-10.</summary>
    public string Shape => string.Join('-', Layers.Select(static layer => layer.Output.ToString()).Prepend(Layers[0].Input.ToString()));

    /// <summary>The layers that multiply and add.</summary>
    protected LayerSpec[] Layers { get; } = [.. spec.Layers.Where(static layer => layer.MultiplyAdds > 0)];

    /// <summary>The layers with parameters, which the second phase of a step updates one by one.</summary>
    protected LayerSpec[] Trained { get; } = [.. spec.Layers.Where(static layer => layer.Parameters.Count > 0)];

    /// <summary>Everything that is measured.</summary>
    public abstract Workload[] Workloads();

    /// <inheritdoc/>
    public abstract void Dispose();
}
