using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Networks;
using NativeNet.Cli.Training;
using NativeNet.Data;

namespace NativeNet.Cli.Commands;

/// <summary><c>nativenet train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Trains a network, then says how well it does on data it has not seen.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="epochs">Passes through the training data.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="seed">Decides first weights and order of samples.</param>
    /// <param name="output">Where to save the weights.</param>
    /// <param name="json">Where to save the result.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string network = "digits", string? data = null, [Epochs] int? epochs = null,
        [LearningRate] float? learningRate = null, [RuleArgument] RuleName rule = RuleName.Sgd,
        [WeightDecay] float? weightDecay = null, [Seed] ulong seed = 42, string? output = null, string? json = null,
        CancellationToken cancellationToken = default)
    {
        CompiledNetwork chosen = NetworkCatalog.Find(network);
        OutputFile.Check(output);
        OutputFile.Check(json);

        var options = new TrainingOptions(
            epochs ?? chosen.Defaults.Epochs, rule, learningRate ?? DefaultRate(rule, chosen.Defaults.LearningRate),
            weightDecay ?? (rule == RuleName.AdamW ? 0.01f : 0f), seed, output, json);
        TrainTest samples = chosen.Defaults.Data.Load(chosen, data);

        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{chosen.Name}: {chosen.ParameterCount} parameters, {samples.Train.Count} samples to train on, {samples.Test.Count} to test"));
        Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
        if (InstructionSet.Warning() is { } warning)
            Terminal.WriteError(warning);
        return chosen.Train(options, samples, cancellationToken);
    }

    /// <summary>A velocity of 0.9 multiplies steps by ten; Adam's steps have the size of the rate itself.</summary>
    private static float DefaultRate(RuleName rule, float plain) => rule switch
    {
        RuleName.Momentum or RuleName.Nesterov => plain / 10,
        RuleName.Adam or RuleName.AdamW => 0.001f,
        _ => plain,
    };
}
