using NativeNet.Tests.Shared;

namespace NativeNet.Tests.Storage;

/// <summary>Damages files at random, the same way in every run.</summary>
public static class Mutation
{
    /// <summary>What a reader may allocate on one of these files of less than a kilobyte.</summary>
    private const long AllocationLimit = 1 << 20;

    private static readonly byte[] Interesting = [0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)'"', (byte)'{', (byte)'}', (byte)'-', (byte)'9', (byte)'e', (byte)'\n'];

    /// <summary>Reads damaged copies of <paramref name="file"/>; only <typeparamref name="TException"/> may come out.</summary>
    /// <returns>How many copies were read and how many refused.</returns>
    /// <param name="file">A file that is right.</param>
    /// <param name="count">The copies.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="finish">Changes each copy once more; null for nothing.</param>
    public static (int Read, int Refused) ReadDamaged<TException>(
        byte[] file, int count, Action<string> read, Func<byte[], byte[]>? finish = null)
        where TException : Exception
    {
        using var folder = new TemporaryFolder();
        var random = new Random(Series.Seed ?? 1);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = Damage(file, random);
            string path = folder.File("damaged", finish is null ? damaged : finish(damaged));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (TException exception)
            {
                refused++;
                Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationLimit);
        }

        return (count - refused, refused);
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int change = random.Next(4); change >= 0 && bytes.Count > 0; change--)
        {
            int place = random.Next(bytes.Count);
            int length = random.Next(Math.Min(8, bytes.Count - place) + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = Interesting[random.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(place, length);
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                default:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
