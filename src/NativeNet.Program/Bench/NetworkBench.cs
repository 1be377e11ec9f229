namespace NativeNet.Program.Bench;

/// <summary>A network with memory of its own, ready to be measured, whatever its targets.</summary>
internal abstract class NetworkBench : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The samples of a batch.</summary>
    public abstract int BatchSize { get; }

    /// <summary>The shapes of what the layers that multiply and add read and write, as in 64-32-10.</summary>
    public abstract string Shape { get; }

    /// <summary>Everything that is measured.</summary>
    public abstract Workload[] Workloads();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
