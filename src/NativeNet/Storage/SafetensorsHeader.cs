using System.Collections.Immutable;
using static System.FormattableString;

namespace NativeNet.Storage;

/// <summary>Parses and checks the JSON header of a safetensors file; everything that it returns fits the file.</summary>
/// <remarks>
/// A header is an object: {name: {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, …,
/// "__metadata__": {name: text, …}}. Tensors must cover the data without holes and overlaps. It is read byte by byte: the
/// JSON reader of the framework takes 40 KB of an ahead-of-time compiled program.
/// </remarks>
internal ref partial struct SafetensorsHeader
{
    /// <summary>The most dimensions of a tensor; numpy has room for 64.</summary>
    private const int MaxRank = 64;

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _json;
    private int _position;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _json = json;
        _position = 0;
        Entries = [];
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public List<SafetensorsEntry> Entries { get; }

    /// <summary>The texts beside the tensors.</summary>
    public Dictionary<string, string> Metadata { get; }

    /// <summary>Parses a header.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">The bytes of the file behind the header.</param>
    /// <exception cref="StorageFormatException">The header is not valid or does not fit the file.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(path, json);
        if (header.Current != '{')
            throw header.Error($"offset {SafetensorsFormat.PrefixLength}: expected an object: a header begins with '{{', without blanks before it");

        header.ReadFile();
        header.CheckCoverage(dataLength);
        return header;
    }

    private void ReadFile()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Open('{', "an object");
        while (ReadName(isFirst: names.Count == 0, out string name))
        {
            if (!names.Add(name))
                throw Error($"'{name}' appears twice in the header");
            if (name == SafetensorsFormat.MetadataName)
                ReadMetadata();
            else
                Entries.Add(ReadEntry(name));
        }

        SkipBlanks();
        if (_position < _json.Length)
            throw NotJson("nothing but blanks may follow the object");
    }

    private void ReadMetadata()
    {
        Open('{', "an object of texts");
        while (ReadName(isFirst: Metadata.Count == 0, out string name))
        {
            if (Metadata.ContainsKey(name))
                throw Error($"'{name}' appears twice in the metadata");
            Metadata.Add(name, ReadText("a text"));
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        Open('{', "an object");
        while (ReadName(isFirst: type is null && shape is null && offsets is null, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    type = ReadText("a type name");
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers();
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers();
                    break;
                default:
                    throw Error($"tensor '{name}': '{key}' is unknown or appears twice; there are dtype, shape and data_offsets");
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 })
            throw Error($"tensor '{name}': needs dtype, shape and data_offsets, the last with two numbers");
        if (!ElementType.TryFind(type, out ElementType element))
            throw Error($"tensor '{name}': dtype {type} is unknown; convert the tensor to F32");
        if (shape.Exists(static size => size > int.MaxValue))
            throw Error($"tensor '{name}': a size is above {int.MaxValue}");

        int[] converted = new int[shape.Count];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = (int)shape[i];
        ImmutableArray<int> sizes = ImmutableArray.Create(converted);
        long begin = offsets[0], end = offsets[1];
        return SafetensorsFormat.CountElements(sizes.AsSpan()) is int count && count * (long)element.Size == end - begin
            ? new SafetensorsEntry(name, sizes, element, begin, end)
            : throw Error($"tensor '{name}': data_offsets [{begin}, {end}] do not span {element.Size} bytes an element of {SafetensorsFormat.Describe(sizes)}");
    }

    private readonly void CheckCoverage(long dataLength)
    {
        Entries.Sort(static (left, right)
            => left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin) : left.End.CompareTo(right.End));

        long covered = 0;
        foreach (SafetensorsEntry entry in Entries)
        {
            if (entry.Begin != covered)
                throw Error($"tensor '{entry.Name}': starts at byte {entry.Begin} of the data, not at {covered}; tensors must neither overlap nor leave holes");
            covered = entry.End;
        }

        if (covered != dataLength)
            throw Error($"the tensors take {covered} bytes, the file has {dataLength} behind its header; it is cut short or has been appended to");
    }

    private readonly StorageFormatException Error(FormattableString problem) => new($"{_path}: {Invariant(problem)}");
}
