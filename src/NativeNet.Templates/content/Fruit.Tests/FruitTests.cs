using NativeNet.Data;
using NativeNet.Training;

public sealed class FruitTests
{
    [Fact]
    public void It_learns_the_sample_data()
    {
        DataSet all = CsvReader.Load(
            Path.Combine(AppContext.BaseDirectory, "fruit.csv"), new CsvOptions { LabelColumns = ["kind"], Classes = Fruit.Classes });
        TrainTest data = TrainTest.Stratified(all, 0.2, seed: 42);

        using var session = new TrainingSession<Fruit>(seed: 42);
        for (int epoch = 0; epoch < 60; epoch++)
            session.TrainEpoch(data.Train, new Adam(0.01f));

        Assert.True(session.Evaluate(data.Test).Accuracy > 0.9);
    }
}
