using NativeNet.Data;

namespace NativeNet.Training;

/// <content>Evaluation on data sets: batches are measured by whoever is free, and added in their order.</content>
public partial class NetworkSession<TTarget>
{
    /// <summary>Loss, correct predictions and error of each batch.</summary>
    private double[] _judged = [];

    private BatchJudge? _judge;

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSet data) => Evaluate(data, null);

    /// <inheritdoc/>
    internal override Evaluation EvaluateTogether(DataSet data) => Evaluate(data, Processes);

    private Evaluation Evaluate(DataSet data, ProcessTeam? processes)
    {
        Samples.CheckFit(data);
        int batches = (data.Count + Network.BatchSize - 1) / Network.BatchSize;
        if (_judged.Length < 3 * batches)
            _judged = new double[3 * batches];
        Span<double> judged = _judged.AsSpan(0, 3 * batches);
        judged.Clear();
        Judge(data, batches, processes?.Rank ?? 0, processes?.Count ?? 1);
        processes?.Add(judged);

        EpochProgress all = EpochProgress.AtStart(0) with { SampleCount = data.Count };
        for (int batch = 0; batch < batches; batch++)
        {
            int count = Math.Min(Network.BatchSize, data.Count - all.Position);
            all = all.With(new Evaluation(judged[3 * batch], judged[(3 * batch) + 1], count) { MeanAbsoluteError = judged[(3 * batch) + 2] });
        }

        Evaluation result = all.Evaluation;
        return Network.Metric == MetricKind.MeanAbsoluteError
            ? result with { RSquared = 1 - (result.Loss * data.Count * data.TargetLength / data.TargetVariation) }
            : result;
    }

    /// <summary>Measures every batch that is a multiple of a distance behind a first one.</summary>
    private void Judge(DataSet data, int batches, int first, int distance)
    {
        int own = (batches - first + distance - 1) / distance;
        if (_team is { Threads: > 1 } team && own > 1)
        {
            _judge ??= new BatchJudge(this, team.Threads);
            _judge.Choose(data, first, distance);
            team.RunParts(_judge, own);
            return;
        }

        for (int batch = first; batch < batches; batch += distance)
            Keep(batch, Judge(data, batch * Network.BatchSize));
    }

    /// <summary>Measures the batch of samples from one on.</summary>
    private Evaluation Judge(DataSet data, int first)
    {
        Samples.GatherFrom(data, first);
        return Samples.Judge(Loss(Samples.Inputs, Samples.Targets), Workspace);
    }

    private void Keep(int batch, in Evaluation own)
        => (_judged[3 * batch], _judged[(3 * batch) + 1], _judged[(3 * batch) + 2]) = (own.Loss, own.Correct, own.MeanAbsoluteError);

    /// <summary>Measures batches by several threads: the caller's with what the session has, the others each with buffers of their own.</summary>
    private sealed class BatchJudge(NetworkSession<TTarget> session, int threads) : IParts, IDisposable
    {
        private readonly EvaluationBuffers<TTarget>[] _buffers = Create(session.Network, threads - 1);
        private DataSet? _data;
        private int _first, _distance;

        /// <summary>Says what the parts are.</summary>
        /// <param name="data">Data that fits.</param>
        /// <param name="first">The batch of the first part.</param>
        /// <param name="distance">How many batches from one part to the next.</param>
        public void Choose(DataSet data, int first, int distance) => (_data, _first, _distance) = (data, first, distance);

        /// <inheritdoc/>
        public void Run(int part, int thread)
        {
            int batch = _first + (part * _distance), sample = batch * session.Network.BatchSize;
            session.Keep(batch, thread == 0 ? session.Judge(_data!, sample) : _buffers[thread - 1].Judge(session.Parameters, _data!, sample));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            foreach (EvaluationBuffers<TTarget> own in _buffers)
                own.Dispose();
        }

        /// <summary>Without an iterator, which would bring a quarter of a megabyte of them into the smallest trainer.</summary>
        private static EvaluationBuffers<TTarget>[] Create(TrainableNetwork<TTarget> network, int count)
        {
            var buffers = new EvaluationBuffers<TTarget>[count];
            for (int i = 0; i < count; i++)
                buffers[i] = new EvaluationBuffers<TTarget>(network);
            return buffers;
        }
    }
}
