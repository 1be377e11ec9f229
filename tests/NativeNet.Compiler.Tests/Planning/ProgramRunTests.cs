using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Generators.Tests.Pipeline;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>A program executed step by step with scalar operations gives the reference's bits, for every target.</summary>
public sealed class ProgramRunTests
{
    /// <summary>Multiply-adds of a batch that a scalar interpreter takes in a moment.</summary>
    private const long MostWork = 200_000;

    [Theory]
    [InlineData("simd")]
    [InlineData("scalar")]
    public void Programs_of_random_networks_give_the_bits_of_the_reference(string target)
    {
        int compared = 0;
        for (int seed = 0; compared < 60; seed++)
        {
            Program program = ProgramTests.Plan(RandomNetworks.Create(seed), target);
            if (Work(program) > MostWork)
                continue;

            Compare(program, seed);
            compared++;
        }
    }

    [Theory]
    [InlineData("simd")]
    [InlineData("scalar")]
    public void Programs_of_the_test_networks_give_the_bits_of_the_reference(string target)
    {
        string folder = Path.Combine(ModelFiles.Root, "tests", "NativeNet.Tests", "Networks");
        foreach (string path in Directory.GetFiles(folder, "*.nn.json").Order(StringComparer.Ordinal))
        {
            Program program = ProgramTests.Plan(File.ReadAllText(path), target);
            if (Work(program) > MostWork)
                continue;

            ProgramCheck.Run(program);
            Compare(program, seed: 1);
        }
    }

    private static long Work(Program program) => program.Spec.Layers.Sum(static layer => layer.MultiplyAdds) * program.Spec.BatchSize;

    private static void Compare(Program program, int seed)
    {
        var random = new Random(seed);
        NetworkSpec spec = program.Spec;
        var reference = new ReferenceNetwork<float>(spec);
        float[] parameters = Floats(random, reference.ParameterCount);
        int count = random.Next(1, spec.BatchSize + 1);
        float[] inputs = Floats(random, count * spec.Input.Length);
        int[] labels = [.. Enumerable.Range(0, count * spec.TargetLength).Select(_ => random.Next(spec.Output.Channels))];
        float[] values = [.. Enumerable.Range(0, count * spec.Output.Length).Select(_ => random.NextSingle())];
        ReferenceLoss<float> loss = spec.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => new ReferenceSoftmaxCrossEntropy<float>(labels, spec.TargetLength),
            LossKind.BinaryCrossEntropy => new ReferenceBinaryCrossEntropy<float>(values),
            _ => new ReferenceMeanSquaredError<float>(values),
        };
        var draw = new TrainingDraw(Seed: 7, Step: 3);
        string name = $"seed {seed}, {program.Target.Name}: {NetworkJson.Write(spec)}";

        foreach (int b in new[] { 0, count - 1 })
        {
            float[] sample = inputs[(b * spec.Input.Length)..((b + 1) * spec.Input.Length)];
            var single = new ProgramRun(program, [.. parameters], sample, loss, draw);
            single.Run(program.Predict, default(StoreGradient), []);
            Same(reference.Predict(parameters, sample), single.Scores, name);
        }

        float[] block = inputs[..(Math.Min(count, program.BlockSize) * spec.Input.Length)];
        var batch = new ProgramRun(program, [.. parameters], block, loss, draw);
        batch.Run(program.PredictBatch, default(StoreGradient), []);
        Same(reference.Predict(parameters, block), batch.Scores, name);

        if (!program.Trains)
            return;

        var judged = new ProgramRun(program, [.. parameters], inputs, loss, draw);
        judged.Run(program.Loss, default(StoreGradient), []);
        bool isClasses = spec.Loss == LossKind.SoftmaxCrossEntropy;
        Same([isClasses ? reference.Loss(parameters, inputs, labels) : reference.Loss(parameters, inputs, values)], [judged.Loss], name);

        (float mean, float[] gradients) = isClasses
            ? reference.Backpropagate(parameters, inputs, labels, draw)
            : reference.Backpropagate(parameters, inputs, values, draw);
        float[] trained = [.. parameters], expected = [.. parameters];
        var step = new ProgramRun(program, trained, inputs, loss, draw);
        Sgd rule = new Sgd(0.05f).AtStep(1);
        step.Run(program.TrainStep, rule, []);
        Same([mean], [step.Loss], name);
        Same(gradients, step.Gradients, name);

        reference.UpdateRunningAverages(expected, inputs, draw);
        float[] averaged = [.. expected];
        int place = 0;
        float none = 0;
        foreach ((LayerSpec layer, ParameterSpec tensor) in spec.Layers.SelectMany(static layer => layer.Parameters.Select(tensor => (layer, tensor))))
        {
            for (int i = 0; i < tensor.Count; i++, place++)
                expected[place] = !layer.IsTrained(tensor) ? averaged[place] : rule.Update(parameters[place], gradients[place], ref none, ref none);
        }

        Same(expected, trained, name);
    }

    private static float[] Floats(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];

    private static void Same(float[] expected, float[] actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i]) != BitConverter.SingleToUInt32Bits(actual[i]))
                Assert.Fail($"element {i} is {actual[i]:G9}, not {expected[i]:G9}; {name}");
        }
    }
}
