using NativeNet.Data;

namespace NativeNet.Tests.Data;

public sealed class ByteScalingTests
{
    [Theory]
    [InlineData(1f / 255f)]
    [InlineData(1f / 16f)]
    [InlineData(0.3f)]
    public void Every_length_gives_the_product_of_every_byte_and_touches_nothing_else(float scale)
    {
        byte[] source = [.. Enumerable.Range(0, 256).Select(static i => (byte)(255 - i))];
        for (int length = 0; length <= source.Length; length++)
        {
            float[] destination = new float[length + 2];
            ByteScaling.Scale(source.AsSpan(0, length), scale, destination.AsSpan(1, length));
            for (int i = 0; i < length; i++)
                Assert.Equal(BitConverter.SingleToInt32Bits(source[i] * scale), BitConverter.SingleToInt32Bits(destination[i + 1]));
            Assert.Equal(0f, destination[0] + destination[^1]);
        }
    }

    [Fact]
    public void Lengths_must_agree()
        => Assert.Throws<ArgumentException>(static () => ByteScaling.Scale(new byte[3], 1f, new float[4]));
}
