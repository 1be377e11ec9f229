using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Storage;

namespace NativeNet.Tests.Storage;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public unsafe void Memory_starts_on_a_line_and_holds_zeros(int length)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            using var buffer = new AlignedBuffer<float>(length);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer.Span)) % 64);
            Assert.Equal(-1, buffer.Span.IndexOfAnyExcept(0f));

            // What the next allocation may get back.
            buffer.Span.Fill(1f);
        }
    }

    [Fact]
    public void A_disposed_buffer_says_so()
    {
        var buffer = new AlignedBuffer<double>(3);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        Assert.Equal(3, buffer.Length);
    }

    [Fact]
    public void A_negative_length_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(static () => new AlignedBuffer<float>(-1));
}
