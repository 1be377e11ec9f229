using System.Globalization;
using NativeNet.Program.Bench;
using NativeNet.Program.Experiments;
using NativeNet.Program.Interchange;
using NativeNet.Program.Training;
using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Networks;

/// <summary>A network of this program, or of a file, as the commands see it.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="data">The data that it is made for.</param>
/// <param name="network">The network.</param>
/// <param name="createBench">Makes ready to measure its speed, with as many threads.</param>
internal sealed class NamedNetwork(string name, NetworkData data, TrainableNetwork<int> network, Func<int, NetworkBench> createBench)
{
    /// <summary>Its name on the command line.</summary>
    public string Name => name;

    /// <summary>The data that it is made for.</summary>
    public NetworkData Data => data;

    /// <summary>The network.</summary>
    public TrainableNetwork<int> Network => network;

    /// <summary>How it is trained where the command line says nothing.</summary>
    public TrainingDefaults Training => new(network.Training);

    /// <summary>Carries a generated network to the commands.</summary>
    /// <typeparam name="TNetwork">The generated network, a classifier.</typeparam>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="data">The data that it is made for.</param>
    public static NamedNetwork Of<TNetwork>(string name, NetworkData data)
        where TNetwork : struct, INetwork<int>
        => new(name, data, GeneratedNetwork<TNetwork, int>.Instance, threads => new NetworkBench<TNetwork>(name, threads));

    /// <summary>Trains and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Train(TrainingOptions options, TrainTest data, CancellationToken cancellationToken)
    {
        using var job = new TrainingJob(this, options, data, cancellationToken);
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
        using var session = new ClassifierSession(network, trial.Seed);
        var run = new ClassifierRun<Sgd>(session, data, new Sgd(trial.LearningRate));
        using RunLog log = RunLog.Create(trial.LogPath, [.. run.Layers]);

        var accuracies = new List<double>(trial.Epochs);
        while (session.EpochCount < trial.Epochs)
        {
            while (!run.TrainStep())
                cancellationToken.ThrowIfCancellationRequested();

            log.Write(run.Record);
            accuracies.Add(run.Record.Accuracy);
            progress?.Report(run.Record);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new TrialResult(trial, accuracies, run.Breakdown);
    }

    /// <summary>Measures saved weights.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What it is taken for where it does not say in which order its elements lie.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public Evaluation Evaluate(string weights, ParameterOrder order, DataSet data)
    {
        using var session = new ClassifierSession(network, seed: 0);
        GivenWeights.Load(weights, network.Tensors, session.Parameters, order);
        return session.Evaluate(data);
    }

    /// <summary>The scores of saved weights, (data.Count, OutputLength), row-major.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What it is taken for where it does not say in which order its elements lie.</param>
    /// <param name="data">Samples of the network's shape.</param>
    public float[] Score(string weights, ParameterOrder order, DataSet data)
    {
        using var session = new ClassifierSession(network, seed: 0);
        GivenWeights.Load(weights, network.Tensors, session.Parameters, order);

        float[] scores = new float[data.Count * network.OutputLength];
        for (int start = 0; start < data.Count; start += network.BatchSize)
        {
            int[] positions = [.. Enumerable.Range(start, Math.Min(network.BatchSize, data.Count - start))];
            float[] inputs = new float[positions.Length * network.InputLength];
            data.CopyInputs(positions, inputs);
            session.Predict(inputs, scores.AsSpan(start * network.OutputLength, positions.Length * network.OutputLength));
        }

        return scores;
    }

    /// <summary>Makes ready to measure speed.</summary>
    /// <param name="threads">How many threads share a training step.</param>
    public NetworkBench CreateBench(int threads) => createBench(threads);

    /// <summary>Classifies rows as they arrive.</summary>
    /// <param name="weights">A safetensors file.</param>
    /// <param name="order">What it is taken for where it does not say in which order its elements lie.</param>
    /// <param name="text">Rows of numbers.</param>
    /// <param name="textName">The name of the text for messages.</param>
    /// <param name="output">Gets a line for each row: class and probability.</param>
    public void Predict(string weights, ParameterOrder order, TextReader text, string textName, TextWriter output)
    {
        using var parameters = new AlignedBuffer<float>(network.ParametersLength);
        GivenWeights.Load(weights, network.Tensors, parameters.Span, order);

        var rows = new CsvRowReader(text, textName, network.InputLength, data.Scale);
        float[] input = new float[network.InputLength];
        float[] scores = new float[network.OutputLength];
        float[] workspace = new float[network.PredictWorkspaceLength];
        while (rows.TryRead(input))
        {
            network.Predict(parameters.Span, input, scores, workspace);
            int best = Classification.ArgMax(scores);
            if (best < 0 || !float.IsFinite(scores[best]))
                throw new DataFormatException($"{textName}({rows.LineNumber}): the scores are not {(best < 0 ? "numbers" : "finite")}; the weights are those of a run that broke down");

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ClassName.Of(network.Classes, best)} {Probability(scores, best):F4}"));
        }
    }

    /// <summary>The softmax of the greatest score; only shown, so it need not have the same last bit everywhere.</summary>
    private static double Probability(ReadOnlySpan<float> scores, int best)
    {
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp((double)score - scores[best]);
        return 1 / sum;
    }
}
