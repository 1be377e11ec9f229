namespace NativeNet.Training;

/// <summary>A generated classifier in training on data sets.</summary>
/// <typeparam name="TNetwork">The generated network, trained on class numbers.</typeparam>
public sealed class TrainingSession<TNetwork> : TrainingSession<TNetwork, int>
    where TNetwork : struct, INetwork<int>
{
    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides the first weights, the order of the samples and what dropout drops.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    /// <param name="processes">Processes that share each step, of which each has such a session; null for this one alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threads are not 1 to 256.</exception>
    /// <exception cref="ThreadsUnavailableException">The system does not let so many threads start.</exception>
    /// <exception cref="ProcessesUnavailableException">Another process has another network or seed.</exception>
    public TrainingSession(ulong seed, int threads = 1, ProcessTeam? processes = null)
        : base(seed, threads, processes)
    {
    }
}
