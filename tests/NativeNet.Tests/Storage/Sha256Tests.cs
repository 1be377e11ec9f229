using System.Security.Cryptography;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Tests.Storage;

public sealed class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_examples_of_the_standard_are_met(string message, string digest)
        => Assert.Equal(digest, Sha256.HexOf(Encoding.ASCII.GetBytes(message)));

    [Fact]
    public void A_million_times_the_letter_a_is_met()
    {
        var hash = new Sha256();
        byte[] part = new byte[1000];
        part.AsSpan().Fill((byte)'a');
        for (int i = 0; i < 1000; i++)
            hash.Append(part);

        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", hash.FinishHex());
    }

    [Fact]
    public void Every_length_up_to_300_agrees_with_the_framework_however_it_is_cut()
    {
        byte[] bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadOnlySpan<byte> message = bytes.AsSpan(0, length);
            string expected = Convert.ToHexStringLower(SHA256.HashData(message));
            Assert.Equal(expected, Sha256.HexOf(message));

            var hash = new Sha256();
            for (int start = 0, part = 1; start < length; start += part, part = (part * 3 % 71) + 1)
                hash.Append(message[start..Math.Min(length, start + part)]);
            Assert.Equal(expected, hash.FinishHex());
        }
    }

    [Fact]
    public void Values_count_as_little_endian_bytes()
    {
        int[] values = [.. Enumerable.Range(0, 3000).Select(static i => i * 7919)];
        var hash = new Sha256();
        hash.AppendValues(values);
        Assert.Equal(Sha256.HexOf([.. values.SelectMany(static v => new[] { (byte)v, (byte)(v >> 8), (byte)(v >> 16), (byte)(v >> 24) })]), hash.FinishHex());
    }

    [Fact]
    public void A_finished_digest_cannot_go_on()
    {
        var hash = new Sha256();
        hash.FinishHex();
        Assert.Throws<InvalidOperationException>(() => hash.Append("x"u8));
        Assert.Throws<InvalidOperationException>(hash.FinishHex);
        Assert.Throws<ArgumentException>(() => new Sha256().Finish(new byte[31]));
    }
}
