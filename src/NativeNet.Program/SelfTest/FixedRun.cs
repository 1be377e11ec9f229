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
    /// <summary>What <see cref="Sha256(ProcessTeam?)"/> gives. It changes only when the numeric contract does.</summary>
    public const string Expected = "ca4cfd353696ab434c141d539319d29437387094853e66c845364b1ad81338c7";

    /// <summary>One hash over the parameters of both runs.</summary>
    /// <param name="processes">The processes that share each step; null for this one alone.</param>
    public static string Sha256(ProcessTeam? processes = null)
    {
        var hash = new Sha256();
        hash.Append(Encoding.ASCII.GetBytes(TrainDigits(processes)));
        hash.Append(Encoding.ASCII.GetBytes(Train<Staircase, Nesterov>(seed: 7, new Nesterov(0.05f, weightDecay: 0.001f), processes)));
        return hash.FinishHex();
    }

    /// <summary>What <see cref="Sha256OfImages(ProcessTeam?)"/> gives. It changes only when the numeric contract does.</summary>
    public const string ExpectedOfImages = "1db2bdc53a519bc90e0bfdae096116c4695204212f3145eb7df611313468baa2";

    /// <summary>One hash over the parameters of two runs of images.</summary>
    /// <param name="processes">The processes that share each step; null for this one alone.</param>
    public static string Sha256OfImages(ProcessTeam? processes = null)
    {
        var hash = new Sha256();
        hash.Append(Encoding.ASCII.GetBytes(Train<Vision, Nesterov>(seed: 7, new Nesterov(0.05f, weightDecay: 0.001f), processes)));
        hash.Append(Encoding.ASCII.GetBytes(Train<Normalized, Adam>(seed: 8, new Adam(0.01f), processes)));
        return hash.FinishHex();
    }

    private static string TrainDigits(ProcessTeam? processes)
    {
        TrainTest data = DigitsDataSet.Load();
        using var session = new TrainingSession<Digits>(seed: 42, threads: 1, processes);
        for (int epoch = 0; epoch < 5; epoch++)
            session.TrainEpoch(data.Train, new Adam(0.001f));
        return Hash(session);
    }

    private static string Train<TNetwork, TRule>(ulong seed, TRule rule, ProcessTeam? processes)
        where TNetwork : struct, INetwork<int>
        where TRule : struct, IUpdateRule<TRule>
    {
        // inputs: (samples, input length), from −0.78 to 0.78
        const int Samples = 60;
        float[] inputs = [.. Enumerable.Range(0, Samples * TNetwork.InputLength).Select(static i => ((i * 37 % 101) - 50) / 64f)];
        int[] labels = [.. Enumerable.Range(0, Samples).Select(static i => i * i % TNetwork.OutputLength)];
        var data = DataSet.FromFloats(Shape.Of(TNetwork.InputLength), [.. inputs], [.. labels], TNetwork.OutputLength);

        using var session = new TrainingSession<TNetwork>(seed, threads: 1, processes);
        for (int epoch = 0; epoch < 10; epoch++)
            session.TrainEpoch(data, rule);
        return Hash(session);
    }

    private static string Hash<TNetwork>(TrainingSession<TNetwork> session)
        where TNetwork : struct, INetwork<int>
        => ParameterHash.Sha256(TNetwork.Tensors, session.Parameters);
}
