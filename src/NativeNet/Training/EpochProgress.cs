namespace NativeNet.Training;

/// <summary>How far an epoch is, and how well it went so far.</summary>
/// <param name="Epoch">The epoch, from 0: as many were finished before it.</param>
/// <param name="Position">The samples trained on so far; 0 between epochs.</param>
/// <param name="SampleCount">The samples of the whole epoch; 0 between epochs.</param>
/// <param name="LossSum">The losses of the samples so far, added batch by batch.</param>
/// <param name="Correct">The samples so far that were predicted correctly; NaN where values are predicted.</param>
/// <param name="ErrorSum">The mean absolute errors of the samples so far, added batch by batch; NaN where classes are predicted.</param>
public readonly record struct EpochProgress(int Epoch, int Position, int SampleCount, double LossSum, double Correct, double ErrorSum)
{
    /// <summary>The samples so far as a result; NaN before the first.</summary>
    public Evaluation Evaluation => new(LossSum / Position, Correct, Position) { MeanAbsoluteError = ErrorSum / Position };

    /// <summary>An epoch of which nothing is done.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    internal static EpochProgress AtStart(int epoch) => new(epoch, 0, 0, 0, 0, 0);

    /// <summary>The epoch after one more batch.</summary>
    /// <param name="batch">Its mean loss, its correct predictions or its error, and its size.</param>
    internal EpochProgress With(in Evaluation batch) => this with
    {
        Position = Position + batch.Count,
        LossSum = LossSum + (batch.Loss * batch.Count),
        Correct = Correct + batch.Correct,
        ErrorSum = ErrorSum + (batch.MeanAbsoluteError * batch.Count),
    };
}
