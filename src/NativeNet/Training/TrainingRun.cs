using NativeNet.Data;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>A session of a generated classifier trained by the book.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TRule">The update rule.</typeparam>
public sealed class TrainingRun<TNetwork, TRule> : NetworkRun<int, TRule>
    where TNetwork : struct, INetwork<int>
    where TRule : struct, IUpdateRule<TRule>
{
    /// <inheritdoc/>
    public TrainingRun(TrainingSession<TNetwork> session, DataSet train, TRule rule, TrainingRunOptions? options = null)
        : base(session, train, rule, options)
        => Session = session;

    /// <inheritdoc cref="NetworkRun{TTarget, TRule}.Session"/>
    public new TrainingSession<TNetwork> Session { get; }
}
