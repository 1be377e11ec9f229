using System.Text;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.SelfTest;

/// <summary>Training whose result is the same everywhere: on every instruction set, compiled ahead or just in time.</summary>
/// <remarks>
/// Between them the runs pass through relu, tanh, sigmoid, softmax, Philox, whole and partial batches; those of images through
/// convolutions, pooling, normalization and dropout.
/// </remarks>
internal static class FixedRun
{
    /// <summary>What <see cref="Sha256"/> gives. It changes only when the numeric contract does.</summary>
    public const string Expected = "ca4cfd353696ab434c141d539319d29437387094853e66c845364b1ad81338c7";

    /// <summary>One hash over the parameters of both runs.</summary>
    public static string Sha256()
    {
        var hash = new Sha256();
        hash.Append(Encoding.ASCII.GetBytes(TrainDigits()));
        hash.Append(Encoding.ASCII.GetBytes(Train<Staircase, Nesterov>(seed: 7, new Nesterov(0.05f, weightDecay: 0.001f))));
        return hash.FinishHex();
    }

    /// <summary>What <see cref="Sha256OfImages"/> gives. It changes only when the numeric contract does.</summary>
    public const string ExpectedOfImages = "1db2bdc53a519bc90e0bfdae096116c4695204212f3145eb7df611313468baa2";

    /// <summary>One hash over the parameters of two runs of images.</summary>
    public static string Sha256OfImages()
    {
        var hash = new Sha256();
        hash.Append(Encoding.ASCII.GetBytes(Train<Vision, Nesterov>(seed: 7, new Nesterov(0.05f, weightDecay: 0.001f))));
        hash.Append(Encoding.ASCII.GetBytes(Train<Normalized, Adam>(seed: 8, new Adam(0.01f))));
        return hash.FinishHex();
    }

    private static string TrainDigits()
    {
        TrainTest data = DigitsDataSet.Load();
        using var session = new TrainingSession<Digits>(seed: 42);
        for (int epoch = 0; epoch < 5; epoch++)
            session.TrainEpoch(data.Train, new Adam(0.001f));
        return Hash(session);
    }

    private static string Train<TNetwork, TRule>(ulong seed, TRule rule)
        where TNetwork : struct, INetwork<int>
        where TRule : struct, IUpdateRule<TRule>
    {
        // inputs: (samples, input length), from −0.78 to 0.78
        const int Samples = 60;
        float[] inputs = [.. Enumerable.Range(0, Samples * TNetwork.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];
        int[] labels = [.. Enumerable.Range(0, Samples).Select(static i => i * i % TNetwork.OutputLength)];
        var data = DataSet.FromFloats(Shape.Of(TNetwork.InputLength), [.. inputs], [.. labels], TNetwork.OutputLength);

        using var session = new TrainingSession<TNetwork>(seed);
        for (int epoch = 0; epoch < 10; epoch++)
            session.TrainEpoch(data, rule);
        return Hash(session);
    }

    private static string Hash<TNetwork>(TrainingSession<TNetwork> session)
        where TNetwork : struct, INetwork<int>
        => ParameterHash.Sha256(TNetwork.Tensors, session.Parameters);
}
