namespace NativeNet.Training;

/// <summary>A generated network in training, whatever its targets.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets: <see cref="int"/> for class numbers, <see cref="float"/> for values.</typeparam>
public sealed class TrainingSession<TNetwork, TTarget> : NetworkSession<TTarget>
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <param name="processes">Processes that share each step, of which each has such a session; null for this one alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    /// <exception cref="ProcessesUnavailableException">Another process has another network or seed.</exception>
    public TrainingSession(ulong seed, int threads = 1, ProcessTeam? processes = null)
        : base(GeneratedNetwork<TNetwork, TTarget>.Instance, seed, threads, processes)
    {
    }
}
