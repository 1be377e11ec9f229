extern alias runner;

using NativeNet.Compiler.Tests.Differential;
using NativeNet.Description;
using NativeNet.Generators.Tests.Description;
using NativeNet.Tests.Shared;
using NativeNet.Training;
using runner::NativeNet.Runtime;

namespace NativeNet.Compiler.Tests.Runtime;

/// <summary>Networks that are read from their files while the program runs.</summary>
public sealed class RuntimeNetworkTests
{
    private static readonly string Networks = Path.Combine(ModelFiles.Root, "tests", "NativeNet.Tests", "Networks");

    /// <summary>The files of the parity tests that train; the others' shapes are among them.</summary>
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Networks, "*.nn.json")
            .Where(static file => NetworkSpec.Parse(File.ReadAllText(file)).Loss is not null)
            .Select(static file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_the_bits_of_the_reference(string file)
    {
        var drawn = new DifferentialCase(seed: file.Length, File.ReadAllText(Path.Combine(Networks, file)));
        PredictingNetwork network = RuntimeNetwork.Load(Path.Combine(Networks, file));
        var check = new DifferentialCheck(drawn, network.Tensors);
        check.PrepareOneRule();
        Assert.Null(check.FindDifference(ComparedNetwork.Of(network)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Steps_and_predictions_allocate_nothing(string file)
    {
        PredictingNetwork network = RuntimeNetwork.Load(Path.Combine(Networks, file));
        Assert.Equal(0, network is TrainableNetwork<int> classes ? Allocated(classes) : Allocated((TrainableNetwork<float>)network));
    }

    [Fact]
    public void A_network_without_a_loss_predicts_alone()
    {
        PredictingNetwork network = RuntimeNetwork.Parse("""{ "input": [2], "layers": [{ "type": "dense", "units": 1 }], "batchSize": 2 }""");
        Assert.False(network is TrainableNetwork<int> or TrainableNetwork<float>);

        float[] parameters = new float[network.ParametersLength], scores = new float[2];
        parameters[network.Tensors["layers.0.weight"].Offset] = 3;
        parameters[network.Tensors["layers.0.bias"].Offset] = 1;
        network.PredictBatch(parameters, [1, 5, 2, 5], scores, new float[network.PredictBatchWorkspaceLength]);
        Assert.Equal([4, 7], scores);
    }

    [Fact]
    public void The_loss_decides_the_targets()
    {
        Assert.IsAssignableFrom<TrainableNetwork<int>>(RuntimeNetwork.Parse(Dense("softmaxCrossEntropy")));
        Assert.IsAssignableFrom<TrainableNetwork<float>>(RuntimeNetwork.Parse(Dense("meanSquaredError")));
        Assert.IsAssignableFrom<TrainableNetwork<float>>(RuntimeNetwork.Parse(Dense("binaryCrossEntropy")));
    }

    [Fact]
    public void What_it_says_of_itself_is_what_generated_code_says()
    {
        string json = Dense("softmaxCrossEntropy");
        PredictingNetwork network = RuntimeNetwork.Parse(json, "dense.nn.json");
        Assert.Equal(NetworkJson.Write(NetworkSpec.Parse(json)), network.Json);
        Assert.Equal(NetworkFingerprint.Of(NetworkSpec.Parse(json)), network.Fingerprint);
        Assert.StartsWith("dense.nn.json: softmaxCrossEntropy, batches of up to ", network.Plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_of_a_file_has_its_place()
    {
        var mistakes = Assert.Throws<NetworkFormatException>(static () => RuntimeNetwork.Parse("""
            { "input": [2], "batchSize": 1,
              "layers": [{ "type": "dens", "units": 1 }] }
            """));
        Assert.StartsWith("(2,24): error NNET", mistakes.Message, StringComparison.Ordinal);
        Assert.Contains("dense", mistakes.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_and_class_numbers_are_checked()
    {
        var network = (TrainableNetwork<int>)RuntimeNetwork.Parse(Dense("softmaxCrossEntropy"));
        float[] parameters = new float[network.ParametersLength], workspace = new float[network.TrainingWorkspaceLength];
        Assert.Throws<ArgumentException>("scores", () => network.Predict(parameters, [1, 2], new float[3], workspace));
        Assert.Throws<ArgumentException>("inputs", () => network.PredictBatch(parameters, [1], new float[2], workspace));
        Assert.Throws<ArgumentException>("workspace", () => network.Loss(parameters, [1, 2], [0], workspace.AsSpan(1)));
        Assert.Throws<ArgumentException>("targets", () => network.Loss(parameters, [1, 2], [2], workspace));
        Assert.Throws<ArgumentException>("parameters", () => network.UpdateRunningAverages(parameters.AsSpan(1), workspace));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Layer(1));
    }

    [Theory]
    [InlineData("binaryCrossEntropy", 1.5f)]
    [InlineData("binaryCrossEntropy", -0.1f)]
    [InlineData("binaryCrossEntropy", float.NaN)]
    [InlineData("meanSquaredError", float.PositiveInfinity)]
    public void Targets_are_of_the_range_of_the_loss(string loss, float target)
    {
        var network = (TrainableNetwork<float>)RuntimeNetwork.Parse(Dense(loss));
        float[] parameters = new float[network.ParametersLength], workspace = new float[network.TrainingWorkspaceLength];
        Assert.Throws<ArgumentException>("targets", () => network.Loss(parameters, [1, 2], [0, target], workspace));
        Assert.Throws<ArgumentException>("targets", () => network.TrainStep(parameters, [], [1, 2], [0, target], new Sgd(0.1f), 1, workspace));
        network.TrainStep(parameters, [], [1, 2], [0, 1], new Sgd(0.1f), 1, workspace);
    }

    private static long Allocated<TTarget>(TrainableNetwork<TTarget> network)
        where TTarget : unmanaged
    {
        float[] parameters = new float[network.ParametersLength], state = new float[2 * network.TrainedLength], gradients = new float[network.ParametersLength];
        float[] inputs = new float[network.BatchSize * network.InputLength], scores = new float[network.BatchSize * network.OutputLength];
        float[] workspace = new float[Math.Max(network.TrainingWorkspaceLength, Math.Max(network.PredictWorkspaceLength, network.PredictBatchWorkspaceLength))];
        var targets = new TTarget[network.BatchSize * network.TargetLength];
        network.Initialize(parameters, seed: 1);
        return Allocations.Of(Work);

        void Work()
        {
            network.Predict(parameters, inputs.AsSpan(0, network.InputLength), scores.AsSpan(0, network.OutputLength), workspace);
            network.PredictBatch(parameters, inputs, scores, workspace);
            network.Loss(parameters, inputs, targets, workspace);
            network.Gradients(parameters, inputs, targets, gradients, workspace);
            network.TrainStep(parameters, state, inputs, targets, new Adam(), 1, workspace);
        }
    }

    private static string Dense(string loss) => $$"""{ "input": [2], "layers": [{ "type": "dense", "units": 2 }], "loss": "{{loss}}", "batchSize": 4 }""";
}
