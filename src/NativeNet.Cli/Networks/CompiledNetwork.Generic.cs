using System.Globalization;
using NativeNet.Cli.Bench;
using NativeNet.Cli.Experiments;
using NativeNet.Cli.Training;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Cli.Networks;

/// <summary>Carries a generated network to the commands.</summary>
/// <typeparam name="TNetwork">The generated network, a classifier.</typeparam>
/// <param name="name">Its name on the command line.</param>
/// <param name="data">The data that it is made for.</param>
internal sealed class CompiledNetwork<TNetwork>(string name, NetworkData data) : CompiledNetwork(name, data)
    where TNetwork : struct, INetwork<int>
{
    /// <inheritdoc/>
    public override TrainingDefaults Training => new(TNetwork.Training);

    /// <inheritdoc/>
    public override Shape InputShape => TNetwork.InputShape;

    /// <inheritdoc/>
    public override int InputLength => TNetwork.InputLength;

    /// <inheritdoc/>
    public override int OutputLength => TNetwork.OutputLength;

    /// <inheritdoc/>
    public override int ParameterCount => TNetwork.Tensors.ParameterCount;

    /// <inheritdoc/>
    public override string Plan => TNetwork.Plan;

    /// <inheritdoc/>
    public override int Train(TrainingOptions options, TrainTest data, CancellationToken cancellationToken)
    {
        using var job = new TrainingJob<TNetwork>(this, options, data, cancellationToken);
        return job.Run();
    }

    /// <inheritdoc/>
    public override TrialResult Try(Trial trial, DataSet data, IProgress<EpochRecord>? progress, CancellationToken cancellationToken)
    {
        using var session = new TrainingSession<TNetwork>(trial.Seed);
        var run = new TrainingRun<TNetwork, Sgd>(session, data, new Sgd(trial.LearningRate));
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

    /// <inheritdoc/>
    public override Evaluation Evaluate(string weights, DataSet data)
    {
        using var session = new TrainingSession<TNetwork>(seed: 0);
        ParameterFile.Load(weights, TNetwork.Tensors, session.Parameters);
        return session.Evaluate(data);
    }

    /// <inheritdoc/>
    public override float[] Score(string weights, DataSet data)
    {
        using var session = new TrainingSession<TNetwork>(seed: 0);
        ParameterFile.Load(weights, TNetwork.Tensors, session.Parameters);

        float[] scores = new float[data.Count * OutputLength];
        for (int start = 0; start < data.Count; start += TNetwork.BatchSize)
        {
            int[] positions = [.. Enumerable.Range(start, Math.Min(TNetwork.BatchSize, data.Count - start))];
            float[] inputs = new float[positions.Length * InputLength];
            data.CopyInputs(positions, inputs);
            session.Predict(inputs, scores.AsSpan(start * OutputLength, positions.Length * OutputLength));
        }

        return scores;
    }

    /// <inheritdoc/>
    public override NetworkBench CreateBench(int threads) => new NetworkBench<TNetwork>(Name, threads);

    /// <inheritdoc/>
    public override void Predict(string weights, TextReader text, string textName, TextWriter output)
    {
        using var parameters = new AlignedBuffer<float>(TNetwork.ParametersLength);
        ParameterFile.Load(weights, TNetwork.Tensors, parameters.Span);

        var rows = new CsvRowReader(text, textName, TNetwork.InputLength, Data.Scale);
        float[] input = new float[TNetwork.InputLength];
        float[] scores = new float[TNetwork.OutputLength];
        float[] workspace = new float[TNetwork.PredictWorkspaceLength];
        while (rows.TryRead(input))
        {
            TNetwork.Predict(parameters.Span, input, scores, workspace);
            int best = Classification.ArgMax(scores);
            if (best < 0)
                throw new DataFormatException($"{textName}({rows.LineNumber}): the scores are not numbers; the weights are those of a run that broke down");

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best} {Probability(scores, best):F4}"));
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
