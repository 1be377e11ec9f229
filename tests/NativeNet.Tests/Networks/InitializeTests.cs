using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Tests.Networks;

public sealed class InitializeTests
{
    [Fact]
    public void Slopes_start_at_a_quarter_and_their_padding_at_zero()
    {
        var parameters = new float[LearnedSlopes.ParametersLength];
        LearnedSlopes.Initialize(parameters, seed: 3);

        int offset = LearnedSlopes.Tensors["layers.0.slope"].Offset;
        Assert.Equal([.. Enumerable.Repeat(0.25f, 19), .. new float[13]], parameters[offset..(offset + 32)]);
    }

    /// <summary>Biases are 0 but for the forget gates'; x and h have random numbers of their own, (64, 1) and (64, 16).</summary>
    [Fact]
    public void An_lstm_starts_by_remembering()
    {
        var parameters = new float[Lstm.ParametersLength];
        Lstm.Initialize(parameters, seed: 3);

        var values = new float[Lstm.Tensors.ParameterCount];
        ParameterPacking.Unpack(Lstm.Tensors, parameters, values);
        var random = new Philox(3);
        var initializer = new InitializerSpec(InitializerKind.GlorotUniform, 1);
        Assert.Equal(Initializers.Weight(initializer, random, 0, 1, 64, 0, 17), values[17]);
        Assert.Equal(Initializers.Weight(initializer, random, RandomStreams.RecurrentLayer(0), 16, 64, 5, 40), values[64 + (40 * 16) + 5]);
        Assert.Equal([.. new float[16], .. Enumerable.Repeat(1f, 16), .. new float[32]], values[(64 + 1024)..(64 + 1024 + 64)]);
    }
}
