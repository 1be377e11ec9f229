using NativeNet.Program.Bench;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Training;

namespace NativeNet.Program.Networks;

/// <summary>A network of one type of targets.</summary>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
/// <param name="name">Its name on the command line.</param>
/// <param name="data">The data that it is made for.</param>
/// <param name="network">The network.</param>
/// <param name="createBench">Makes ready to measure its speed, with as many threads.</param>
internal sealed class NamedNetwork<TTarget>(string name, NetworkData data, TrainableNetwork<TTarget> network, Func<int, NetworkBench> createBench)
    : NamedNetwork(name, data)
    where TTarget : unmanaged
{
    /// <inheritdoc/>
    public override TrainableNetwork Network => network;

    /// <inheritdoc/>
    public override NetworkSession CreateSession(ulong seed, int threads = 1, ProcessTeam? processes = null)
        => new NetworkSession<TTarget>(network, seed, threads, processes);

    /// <inheritdoc/>
    public override NetworkRun CreateRun(NetworkSession session, DataSet train, UpdateRuleSpec rule, TrainingRunOptions options)
    {
        var own = (NetworkSession<TTarget>)session;
        (UpdateRuleKind kind, float rate, float momentum, float decay) = rule;
        bool decayBiases = !rule.SparesBiases;
        return kind switch
        {
            UpdateRuleKind.Momentum => Run(new Momentum(rate, momentum, decay, decayBiases)),
            UpdateRuleKind.Nesterov => Run(new Nesterov(rate, momentum, decay, decayBiases)),
            UpdateRuleKind.Adam => Run(new Adam(rate, weightDecay: decay, decayBiases: decayBiases)),
            UpdateRuleKind.AdamW => Run(new AdamW(rate, weightDecay: decay, decayBiases: decayBiases)),
            _ => Run(new Sgd(rate, decay, decayBiases)),
        };

        NetworkRun<TTarget, TRule> Run<TRule>(TRule value)
            where TRule : struct, IUpdateRule<TRule>
            => new(own, train, value, options);
    }

    /// <inheritdoc/>
    public override NetworkBench CreateBench(int threads) => createBench(threads);
}
