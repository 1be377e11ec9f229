namespace NativeNet.PeerBenchmarks;

/// <summary>A network here and in other libraries, ready to be measured.</summary>
internal abstract class PeerComparison : IDisposable
{
    /// <summary>Measures them in turn.</summary>
    /// <param name="duration">For how long, but every one at least a few times.</param>
    public abstract PeerFigures Measure(TimeSpan duration);

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
