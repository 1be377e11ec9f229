using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Training.Monitoring;

/// <summary>What is remembered of the predictions between epochs.</summary>
/// <param name="BestLoss">The lowest loss of an epoch so far; +∞ before the first.</param>
/// <param name="CollapsedEpochs">The last epochs at the loss of a guess, in which a classifier predicted one class for everything.</param>
internal readonly record struct PredictionMemory(double BestLoss, int CollapsedEpochs)
{
    /// <summary>Before the first epoch.</summary>
    public static PredictionMemory Start { get; } = new(double.PositiveInfinity, 0);
}

/// <summary>Notices that a network which had learned something does no better than guessing any more.</summary>
/// <remarks>
/// Thresholds are shares of the loss of a guess: ln C for softmaxCrossEntropy over C classes, all of the same probability, times the samples' mean weight where classes have weights;
/// ln 2 for binaryCrossEntropy; for meanSquaredError the variance of the targets, the loss of always giving their mean. A
/// fresh network with small weights may predict one class for dozens of epochs before it learns, at just that loss: what
/// tells breakdown from it is that something had been learned. The six-layer network on the digits, full batch, ten seeds:
/// at rate 2 a best epoch of 0.83 to 0.95 · ln C and then 0.999 for good; at rates from 0.0035 to 0.1 never a collapsed
/// epoch behind the first that had learned, in a thousand.
/// </remarks>
internal sealed class PredictionWatch
{
    /// <summary>Below this share of a guess's loss an epoch has learned something.</summary>
    private const double Learned = 0.98;

    /// <summary>From this share of a guess's loss on an epoch is a guess: constant predictions that know the classes' frequencies of balanced data stay above.</summary>
    private const double Guess = 0.99;

    /// <summary>A dip at an adequate rate is over after a few epochs.</summary>
    private const int Patience = 20;

    /// <summary>
    /// In units of a guess's loss. A right class given C⁻¹⁰⁰ of the probability is far outside what single hard samples cost
    /// in training that goes well, and far below where floats overflow.
    /// </summary>
    private const double Explosion = 100;

    // Beside classes and the −1 of a row with NaN.
    private const int None = -2;
    private const int Several = -3;

    private readonly LossKind _loss;
    private readonly double _guessLoss;

    /// <summary>The positions of a sample to be classified, and the classes of each.</summary>
    private readonly int _positions, _classes;

    private int _class = None;

    /// <summary>Creates a watch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The samples that it learns from; null where they are not known, and guesses at values not either.</param>
    /// <param name="classWeights">One factor a class on the loss of its samples; empty for 1.</param>
    public PredictionWatch(TrainableNetwork network, DataSet? train, ReadOnlySpan<float> classWeights = default)
    {
        (_loss, _positions, _classes) = (network.TrainingLoss, network.TargetLength, network.ClassCount);
        _guessLoss = _loss switch
        {
            LossKind.SoftmaxCrossEntropy => Elementary.Log(_classes) * MeanWeight(train, classWeights),
            LossKind.BinaryCrossEntropy => Elementary.Log(2),
            _ => train is null ? double.NaN : train.TargetVariation / train.Count / train.TargetLength,
        };
    }

    /// <summary>Whether a prediction is a class.</summary>
    public bool HasClasses => _loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>What survives the epoch.</summary>
    public PredictionMemory Memory { get; set; } = PredictionMemory.Start;

    /// <summary>
    /// The loss beyond which training has exploded. An error in values counts with its square, and may begin anywhere: such
    /// a network must have done better than guessing first.
    /// </summary>
    public double MostLoss => _loss != LossKind.MeanSquaredError ? Explosion * _guessLoss
        : Memory.BestLoss < _guessLoss ? Explosion * Explosion * _guessLoss
        : double.PositiveInfinity;

    /// <summary>Takes in a batch.</summary>
    /// <param name="workspace">The training workspace after the step.</param>
    /// <param name="scores">Where the scores lie in it.</param>
    /// <param name="count">The samples of the batch.</param>
    public void Add(ReadOnlySpan<float> workspace, LayerBuffers scores, int count)
    {
        // A loss like a guess's is enough where there is no class to look at.
        if (!HasClasses)
            return;

        for (int i = 0; i < count * _positions && _class != Several; i++)
        {
            int predicted = Classification.ClassOf(workspace, scores, i / _positions, i % _positions, _classes);
            _class = _class == None || _class == predicted ? predicted : Several;
        }
    }

    /// <summary>Ends an epoch.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <returns>Whether predictions have collapsed for good.</returns>
    public bool EndEpoch(double loss)
    {
        bool collapsed = _class != Several && loss >= Guess * _guessLoss && Memory.BestLoss < Learned * _guessLoss;
        Memory = new PredictionMemory(Math.Min(Memory.BestLoss, loss), collapsed ? Memory.CollapsedEpochs + 1 : 0);
        _class = None;
        return Memory.CollapsedEpochs >= Patience;
    }

    /// <summary>The mean weight of the samples; of the classes where the samples are not known.</summary>
    private static double MeanWeight(DataSet? train, ReadOnlySpan<float> classWeights)
    {
        if (classWeights.IsEmpty)
            return 1;

        double sum = 0;
        foreach (float weight in classWeights)
            sum += weight;
        if (train is null)
            return sum / classWeights.Length;

        sum = 0;
        foreach (int label in train.Labels)
            sum += classWeights[label];
        return sum / train.Labels.Length;
    }
}
