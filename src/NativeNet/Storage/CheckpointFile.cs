namespace NativeNet.Storage;

/// <summary>A safetensors file that ends in the SHA-256 of everything before it.</summary>
/// <remarks>
/// The last tensor is called <c>sha256</c> and its 8 floats are the digest's 32 bytes, so any safetensors reader reads
/// the rest, and any change to any bit shows: <c>head -c -32 file | sha256sum</c> gives the last 32 bytes.
/// </remarks>
internal static class CheckpointFile
{
    private const string DigestName = "sha256";

    /// <summary>Far more than the header of any network takes.</summary>
    private const long MaxHeaderLength = 1 << 24;

    /// <summary>Writes a file; an existing one is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Texts beside them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var digest = new SafetensorsTensor(DigestName, [Sha256.DigestLength / sizeof(float)], new float[Sha256.DigestLength / sizeof(float)]);
        SafetensorsTensor[] all = [.. tensors, digest];

        using var content = new MemoryStream();
        SafetensorsFile.Write(content, SafetensorsHeaderWriter.Write(all, metadata), all);
        Span<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        Digest(bytes[..^Sha256.DigestLength], bytes[^Sha256.DigestLength..]);
        AtomicFile.Write(path, bytes);
    }

    /// <summary>Reads a file whose digest is right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataLength">The bytes that the tensors are expected to take.</param>
    /// <exception cref="StorageFormatException">A bit has changed, or the file is another one.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static (SafetensorsTensor[] Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path, long dataLength)
    {
        byte[] bytes = ReadBytes(path, dataLength + Sha256.DigestLength + MaxHeaderLength);
        Span<byte> digest = stackalloc byte[Sha256.DigestLength];
        if (bytes.Length >= digest.Length)
            Digest(bytes.AsSpan(0, bytes.Length - digest.Length), digest);
        if (bytes.Length < digest.Length || !bytes.AsSpan(bytes.Length - digest.Length).SequenceEqual(digest))
            throw new StorageFormatException($"{path}: does not end in the SHA-256 of its contents; it is damaged, cut short or not a checkpoint");

        SafetensorsFile file = SafetensorsFile.Read(path, new MemoryStream(bytes));
        return file.Tensors is [.. var tensors, { Name: DigestName }]
            ? ([.. tensors], file.Metadata)
            : throw new StorageFormatException($"{path}: its last tensor is not '{DigestName}'; it is not a checkpoint");
    }

    private static byte[] ReadBytes(string path, long most)
    {
        using FileStream file = InputFile.Open(path, static problem => new StorageFormatException(problem));
        if (file.Length > most)
            throw new StorageFormatException($"{path}: is too long for a checkpoint of this network; it belongs to another one");

        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Digest(ReadOnlySpan<byte> content, Span<byte> digest)
    {
        var hash = new Sha256();
        hash.Append(content);
        hash.Finish(digest);
    }
}
