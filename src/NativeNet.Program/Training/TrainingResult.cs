using System.Globalization;
using System.Text;
using NativeNet.Training;

namespace NativeNet.Program.Training;

/// <summary>What came out of a training run.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Epochs">The epochs trained.</param>
/// <param name="KeptEpoch">The epoch that the final parameters are of: the best one with early stopping, otherwise the last.</param>
/// <param name="Train">The final parameters on the training data.</param>
/// <param name="Validation">The final parameters on the held-out samples; null where there are none.</param>
/// <param name="Test">The final parameters on the test data.</param>
/// <param name="Seconds">The time of training alone.</param>
/// <param name="Samples">The samples trained on, repeated ones counted.</param>
/// <param name="ParametersSha256">Identifies the final parameters.</param>
internal sealed record TrainingResult(
    string Network, int Epochs, int KeptEpoch, Evaluation Train, Evaluation? Validation, Evaluation Test, double Seconds, long Samples,
    string ParametersSha256)
{
    /// <summary>One JSON object in UTF-8; what is not a finite number is null.</summary>
    /// <remarks>Written by hand: the base library's serializer would double the binary, and no text needs escaping.</remarks>
    public byte[] ToJson() => Encoding.UTF8.GetBytes($$"""
        {
          "network": "{{Network}}",
          "epochs": {{Number(Epochs)}},
          "keptEpoch": {{Number(KeptEpoch)}},
          "trainAccuracy": {{Number(Train.Accuracy)}},
          "validationAccuracy": {{Number(Validation?.Accuracy ?? double.NaN)}},
          "validationLoss": {{Number(Validation?.Loss ?? double.NaN)}},
          "testAccuracy": {{Number(Test.Accuracy)}},
          "testLoss": {{Number(Test.Loss)}},
          "seconds": {{Number(Seconds)}},
          "samplesPerSecond": {{Number(Samples / Seconds)}},
          "parametersSha256": "{{ParametersSha256}}"
        }

        """);

    private static string Number(double value)
        => double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : "null";
}
