using NativeNet.Program.Bench;
using NativeNet.Program.Experiments;
using NativeNet.Program.Interchange;
using NativeNet.Program.Training;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Networks;

/// <summary>A network of this program, or of a file, as the commands see it, whatever its targets.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="data">The data that it is made for.</param>
internal abstract class NamedNetwork(string name, NetworkData data)
{
    /// <summary>Its name on the command line.</summary>
    public string Name => name;

    /// <summary>The data that it is made for.</summary>
    public NetworkData Data => data;

    /// <summary>The network.</summary>
    public abstract TrainableNetwork Network { get; }

    /// <summary>How it is trained where the command line says nothing.</summary>
    public TrainingDefaults Training => new(Network.Training);

    /// <summary>Whether it tells classes apart; the others learn values.</summary>
    public bool HasClasses => Network.TrainingLoss == LossKind.SoftmaxCrossEntropy;

    /// <summary>What it is judged by beside its loss.</summary>
    public MetricKind Metric => Network.Metric;

    /// <summary>Carries a generated network to the commands.</summary>
    /// <typeparam name="TNetwork">The generated network.</typeparam>
    /// <typeparam name="TTarget">The type of its targets.</typeparam>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="data">The data that it is made for.</param>
    public static NamedNetwork Of<TNetwork, TTarget>(string name, NetworkData data)
        where TNetwork : struct, INetwork<TTarget>
        where TTarget : unmanaged
        => new NamedNetwork<TTarget>(name, data, GeneratedNetwork<TNetwork, TTarget>.Instance, threads => new NetworkBench<TNetwork, TTarget>(name, threads));

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides first weights and order of samples.</param>
    /// <param name="threads">The threads that share each step.</param>
    /// <param name="processes">The processes that share each step; null for this one alone.</param>
    public abstract NetworkSession CreateSession(ulong seed, int threads = 1, ProcessTeam? processes = null);

    /// <summary>Prepares a run of a session of this network.</summary>
    /// <param name="session">What <see cref="CreateSession"/> made.</param>
    /// <param name="train">The samples to train on.</param>
    /// <param name="rule">The update rule with all its settings.</param>
    /// <param name="options">The rest.</param>
    public abstract NetworkRun CreateRun(NetworkSession session, DataSet train, UpdateRuleSpec rule, TrainingRunOptions options);

    /// <summary>Makes ready to measure speed.</summary>
    /// <param name="threads">How many threads share a training step.</param>
    public abstract NetworkBench CreateBench(int threads);

    /// <summary>Trains and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Train(TrainingOptions options, TrainTest data, ProcessTeam? processes, CancellationToken cancellationToken)
    {
        using var job = new TrainingJob(this, options, data, processes, cancellationToken);
        return job.Run();
    }

    /// <summary>Trains to the last epoch whatever happens, and keeps a log.</summary>
    /// <param name="trial">The run.</param>
    /// <param name="data">Samples of the network's shape.</param>
    /// <param name="progress">Told of every epoch, on this thread, with a record that the next one overwrites; null for nobody.</param>
    /// <param name="cancellationToken">Ends training after the step at hand.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the log ends with the last whole epoch.</exception>
    public TrialResult Try(Trial trial, DataSet data, IProgress<EpochRecord>? progress, CancellationToken cancellationToken)
    {
        using NetworkSession session = CreateSession(trial.Seed);
        NetworkRun run = CreateRun(
            session, data, new UpdateRuleSpec(UpdateRuleKind.Sgd, trial.LearningRate, Momentum: 0, WeightDecay: 0), new TrainingRunOptions());
        using RunLog log = RunLog.Create(trial.LogPath, [.. run.Layers], Metric);

        var measures = new List<double>(trial.Epochs);
        while (session.EpochCount < trial.Epochs)
        {
            while (!run.TrainStep())
                cancellationToken.ThrowIfCancellationRequested();

            log.Write(run.Record);
            measures.Add(Metric == MetricKind.Accuracy ? run.Record.Accuracy : run.Record.Error);
            progress?.Report(run.Record);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new TrialResult(trial, Metric, measures, run.Breakdown);
    }

    /// <summary>Measures saved weights.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What it is taken for where it does not say in which order its elements lie.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public Evaluation Evaluate(string weights, ParameterOrder order, DataSet data)
    {
        using NetworkSession session = CreateSession(seed: 0);
        GivenWeights.Load(weights, Network.Tensors, session.Parameters, order);
        return session.Evaluate(data);
    }

    /// <summary>The scores of saved weights, (data.Count, OutputLength), row-major.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What it is taken for where it does not say in which order its elements lie.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public float[] Score(string weights, ParameterOrder order, DataSet data)
    {
        using NetworkSession session = CreateSession(seed: 0);
        GivenWeights.Load(weights, Network.Tensors, session.Parameters, order);

        float[] scores = new float[data.Count * Network.OutputLength];
        for (int start = 0; start < data.Count; start += Network.BatchSize)
        {
            int[] positions = [.. Enumerable.Range(start, Math.Min(Network.BatchSize, data.Count - start))];
            float[] inputs = new float[positions.Length * Network.InputLength];
            data.CopyInputs(positions, inputs);
            session.Predict(inputs, scores.AsSpan(start * Network.OutputLength, positions.Length * Network.OutputLength));
        }

        return scores;
    }
}
