using System.Globalization;
using System.Text;
using NativeNet.Training;

namespace NativeNet.Program.Training;

/// <summary>What came out of a training run.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Metric">What it is judged by beside its loss.</param>
/// <param name="Epochs">The epochs trained.</param>
/// <param name="KeptEpoch">The epoch that the final parameters are of: the best one with early stopping, otherwise the last.</param>
/// <param name="Train">The final parameters on the training data.</param>
/// <param name="Validation">The final parameters on the held-out samples; null where there are none.</param>
/// <param name="Test">The final parameters on the test data.</param>
/// <param name="Seconds">The time of training alone.</param>
/// <param name="Samples">The samples trained on, repeated ones counted.</param>
/// <param name="ParametersSha256">Identifies the final parameters.</param>
internal sealed record TrainingResult(
    string Network, MetricKind Metric, int Epochs, int KeptEpoch, Evaluation Train, Evaluation? Validation, Evaluation Test, double Seconds, long Samples,
    string ParametersSha256)
{
    /// <summary>One JSON object in UTF-8; what is not a finite number is null.</summary>
    /// <remarks>Written by hand: the base library's serializer would double the binary, and no text needs escaping.</remarks>
    public byte[] ToJson() => Encoding.UTF8.GetBytes($$"""
        {
          "network": "{{Network}}",
          "epochs": {{Number(Epochs)}},
          "keptEpoch": {{Number(KeptEpoch)}},
          {{string.Join(",\n  ", Measures().Select(static measure => $"\"{measure.Name}\": {Number(measure.Value)}"))}},
          "seconds": {{Number(Seconds)}},
          "samplesPerSecond": {{Number(Samples / Seconds)}},
          "parametersSha256": "{{ParametersSha256}}"
        }

        """);

    private IEnumerable<(string Name, double Value)> Measures()
    {
        Evaluation held = Validation ?? new Evaluation(double.NaN, double.NaN, 1);
        return Metric == MetricKind.Accuracy
            ?
            [
                ("trainAccuracy", Train.Accuracy), ("validationAccuracy", held.Accuracy), ("validationLoss", held.Loss),
                ("testAccuracy", Test.Accuracy), ("testLoss", Test.Loss),
            ]
            :
            [
                ("trainMeanAbsoluteError", Train.MeanAbsoluteError), ("trainRSquared", Train.RSquared),
                ("validationMeanAbsoluteError", held.MeanAbsoluteError), ("validationLoss", held.Loss),
                ("testMeanAbsoluteError", Test.MeanAbsoluteError), ("testRSquared", Test.RSquared), ("testLoss", Test.Loss),
            ];
    }

    private static string Number(double value)
        => double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : "null";
}
