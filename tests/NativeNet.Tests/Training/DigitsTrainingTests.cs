using NativeNet.Data;
using NativeNet.Tests.Networks;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

public sealed class DigitsTrainingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_epochs_reach_ninety_four_percent(ulong seed)
    {
        TrainTest data = DigitsDataSet.Load();
        using var session = new TrainingSession<Digits>(seed);
        for (int epoch = 0; epoch < 100; epoch++)
            session.TrainEpoch(data.Train, new Sgd(0.1f));

        Evaluation test = session.Evaluate(data.Test);
        Assert.InRange(test.Accuracy, 0.94, 1.0);
    }
}
