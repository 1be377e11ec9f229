using System.Text;
using NativeNet.Description;
using NativeNet.Tests.Shared;

namespace NativeNet.Generators.Tests.Description;

/// <summary>Whatever a file holds, reading it ends in a network or in mistakes at places in the text.</summary>
public sealed class MutationTests
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "//", "null", "-", "0", "1e999", "65537", ".5", "\0", "\uD800",
        "\uFEFF", "\r", "\n", " ", "\t", "\"type\"", "\"dense\"", "\"units\":", "\"input\":[65536,65536,65536],", "[[[[[[[[[[[[[[[[[[",
    ];

    [Fact]
    public void Mutated_files_never_throw_and_give_either_a_network_or_mistakes()
    {
        int accepted = 0, refused = 0;
        foreach (string path in ModelFiles.Valid.Concat(ModelFiles.Invalid))
        {
            byte[] original = File.ReadAllBytes(path);
            var random = new Random(original.Length + (Series.Seed ?? 0));
            int mutants = ModelFiles.Valid.Contains(path) ? Series.Files / 2 : Series.Files / 20;

            for (int i = 0; i < mutants; i++)
            {
                string text = Mutate(original, random);
                NetworkParseResult result = NetworkParser.Parse(text);
                Check(text, result);
                if (result.Spec is null)
                    refused++;
                else
                    accepted++;
            }
        }

        // Both outcomes are common, or the mutations are too wild or too tame to find anything.
        Assert.InRange(accepted, Series.Files / 4, int.MaxValue);
        Assert.InRange(refused, Series.Files, int.MaxValue);
    }

    [Fact]
    public void Every_prefix_of_a_file_is_a_syntax_error()
    {
        string text = File.ReadAllText(Path.Combine(ModelFiles.Models, "digits.nn.json")).TrimEnd();
        for (int length = 0; length < text.Length; length++)
        {
            NetworkParseResult result = NetworkParser.Parse(text[..length]);
            Check(text[..length], result);
            Assert.Equal("NNET0001", Assert.Single(result.Diagnostics).Id);
        }
    }

    private static void Check(string text, NetworkParseResult result)
    {
        Assert.Equal(result.Spec is null, result.Diagnostics.Count > 0);
        Assert.Equal(result, NetworkParser.Parse(text));

        int previous = 0;
        foreach (NetworkDiagnostic diagnostic in result.Diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start, previous, text.Length);
            Assert.InRange(diagnostic.Span.Length, 0, text.Length - diagnostic.Span.Start);
            Assert.InRange(diagnostic.Message.Length, 1, 500);
            Assert.DoesNotContain('\n', diagnostic.ToString());
            previous = diagnostic.Span.Start;
        }
    }

    /// <summary>One to three changes: bytes flipped, cut off, deleted, doubled, or fragments put in.</summary>
    internal static string Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int changes = random.Next(2) * random.Next(3); changes >= 0; changes--)
        {
            int start = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 20), bytes.Count - start);
            switch (random.Next(6))
            {
                case 0 when length > 0:
                    bytes[start] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when random.Next(4) == 0:
                    bytes.RemoveRange(start, bytes.Count - start);
                    break;
                case 2:
                    bytes.RemoveRange(start, length);
                    break;
                case 3:
                    bytes.InsertRange(start, bytes.GetRange(start, length));
                    break;
                case 4 when bytes.FindIndex(start, static b => b is >= (byte)'0' and <= (byte)'9') is >= 0 and int digit:
                    bytes[digit] = (byte)('0' + random.Next(10));
                    break;
                default:
                    bytes.InsertRange(start, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
