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
}
