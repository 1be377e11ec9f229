using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Tests.Differential;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Training;

namespace NativeNet.Compiler.Tests.Emit.C;

/// <summary>The pinned hashes that C programs and emulated boards end their training with are those of the generated C#.</summary>
public sealed class CTrainingHashTests
{
    private const int Steps = 8;

    /// <summary>Lines of a network and a SHA-256; the program that trains is main.c beside it.</summary>
    private static readonly string Pinned = Path.Combine(ModelFiles.Root, "benchmarks", "microcontrollers", "hashes.txt");

    [Theory]
    [InlineData("digits", "models/digits.nn.json")]
    [InlineData("tinyconv", "benchmarks/microcontrollers/tinyconv.nn.json")]
    [InlineData("gru", "models/gru.nn.json")]
    public void A_device_ends_its_training_with_the_bits_of_generated_code(string name, string file)
    {
        NetworkSpec spec = NetworkSpec.Parse(File.ReadAllText(Path.Combine(ModelFiles.Root, file))) with { BatchSize = 1 };
        float[] parameters = Train(spec), packed = new Packing(Planner.Create(spec, Target.Scalar).Parameters.Table).Pack(parameters);

        Assert.Contains(name + " " + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(packed.AsSpan()))), File.ReadAllLines(Pinned));
    }

    /// <summary>Steps of one sample each, half of whose inputs are 0, with the network's classes in turn.</summary>
    private static float[] Train(NetworkSpec spec)
    {
        using var assembly = new NetworkAssembly([spec]);
        ComparedNetwork network = assembly[0, spec.Loss!.Value];
        float[] parameters = new float[network.ParametersLength], workspace = new float[network.TrainingWorkspaceLength], inputs = new float[spec.Input.Length];
        network.Initialize(parameters, seed: 42);
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = Math.Max(0, (((i * 37) + (step * 29)) % 101) - 50) / 64f;
            network.TrainStep(parameters, [], inputs, new[] { step % spec.Output.Length }, new Sgd(0.1f), step + 1, workspace, team: null, seed: 0, classWeights: default);
        }

        return new Packing(network.Tensors).Unpack(parameters);
    }
}
