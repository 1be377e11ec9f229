using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>What a network keeps of a signal.</summary>
public sealed class StreamPlannerTests
{
    /// <summary>h, and of an lstm c, with room for whole vectors where there are vectors.</summary>
    [Theory]
    [InlineData("gru", 32, 32, 32)]
    [InlineData("gru", 5, 5, 16)]
    [InlineData("lstm", 32, 64, 64)]
    [InlineData("lstm", 20, 40, 48)]
    [InlineData("rnn", 7, 7, 16)]
    public void A_recurrent_layer_keeps_its_states(string cell, int units, int scalar, int simd)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""
            { "input": [4, 2], "layers": [{ "type": "{{cell}}", "units": {{units}}, "returnSequences": true }], "loss": "meanSquaredError", "batchSize": 1 }
            """);

        Assert.Equal(scalar, Planner.Create(spec, Target.Scalar).Process!.Stream.Length);
        Assert.Equal(simd, Planner.Create(spec, Target.Simd).Process!.Stream.Length);
    }

    /// <summary>A vector is the output behind the last frame of a stretch; there is one for every frame.</summary>
    [Theory]
    [InlineData("true", "32 1")]
    [InlineData("false", "1")]
    public void A_network_that_puts_out_a_vector_takes_single_frames(string sequences, string stretches)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""
            {
              "input": [4, 2],
              "layers": [{ "type": "gru", "units": 5, "returnSequences": {{sequences}} }, { "type": "dense", "units": 2 }],
              "loss": "meanSquaredError",
              "batchSize": 1
            }
            """);

        Assert.Equal(stretches, string.Join(' ', Planner.Create(spec, Target.Simd).Process!.Stretches.Select(static stretch => stretch.Frames)));
    }
}
