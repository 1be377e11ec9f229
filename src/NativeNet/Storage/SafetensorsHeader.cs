using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace NativeNet.Storage;

/// <summary>Where one tensor lies, as the header of a file says.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">The sizes, none negative, their product an <see cref="int"/>.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record SafetensorsEntry(string Name, ImmutableArray<int> Shape, ElementType Type, long Begin, long End);

/// <summary>Parses and checks the JSON header of a safetensors file; everything that it returns fits the file.</summary>
/// <remarks>
/// A header is an object: {name: {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, …,
/// "__metadata__": {name: text, …}}. Tensors must cover the data without holes and overlaps.
/// </remarks>
internal ref struct SafetensorsHeader
{
    /// <summary>An object of objects of lists, and one level more, so that a wrong value is named and not the depth.</summary>
    private const int MaxDepth = 4;

    private readonly string _path;
    private Utf8JsonReader _json;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
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
        try
        {
            header.ReadFile();
        }
        catch (JsonException exception)
        {
            throw header.Error($"the header is not valid JSON: {exception.Message}", exception);
        }

        header.CheckCoverage(dataLength);
        return header;
    }

    private void ReadFile()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        _json.Read();
        Expect(JsonTokenType.StartObject, "an object");
        while (ReadName(out string name))
        {
            if (!names.Add(name))
                throw Error($"'{name}' appears twice in the header");
            if (name == SafetensorsFile.MetadataName)
                ReadMetadata();
            else
                Entries.Add(ReadEntry(name));
        }

        // Anything but blanks behind the object throws.
        _json.Read();
    }

    private void ReadMetadata()
    {
        _json.Read();
        Expect(JsonTokenType.StartObject, "an object of texts");
        while (ReadName(out string name))
        {
            _json.Read();
            Expect(JsonTokenType.String, "a text");
            if (!Metadata.TryAdd(name, ReadText()))
                throw Error($"'{name}' appears twice in the metadata");
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        _json.Read();
        Expect(JsonTokenType.StartObject, "an object");
        while (ReadName(out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    _json.Read();
                    Expect(JsonTokenType.String, "a type name");
                    type = ReadText();
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

        if (type is null || shape is null || offsets is not [long begin, long end])
            throw Error($"tensor '{name}': needs dtype, shape and data_offsets, the last with two numbers");
        if (!ElementType.TryFind(type, out ElementType element))
            throw Error($"tensor '{name}': dtype {type} is unknown; convert the tensor to F32");
        if (shape.Exists(static size => size > int.MaxValue))
            throw Error($"tensor '{name}': a size is above {int.MaxValue}");

        ImmutableArray<int> sizes = [.. shape.ConvertAll(static size => (int)size)];
        return SafetensorsFile.CountElements(sizes.AsSpan()) is int count && count * (long)element.Size == end - begin
            ? new SafetensorsEntry(name, sizes, element, begin, end)
            : throw Error($"tensor '{name}': data_offsets [{begin}, {end}] do not span {element.Size} bytes an element of [{string.Join(", ", sizes)}]");
    }

    private List<long> ReadNumbers()
    {
        List<long> numbers = [];
        _json.Read();
        Expect(JsonTokenType.StartArray, "a list of numbers");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, "a number");
            if (!_json.TryGetInt64(out long number) || number < 0)
                throw Error($"{Place}: a size or offset must be a whole number, not negative, below 2^63");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Goes to the next name of the current object.</summary>
    /// <returns>False at the end of the object.</returns>
    private bool ReadName(out string name)
    {
        _json.Read();
        bool isName = _json.TokenType == JsonTokenType.PropertyName;
        name = isName ? ReadText() : "";
        return isName;
    }

    private readonly string ReadText()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // The reader checks text only now: bytes that are not UTF-8, or half of a surrogate pair.
            throw Error($"{Place}: the text is not valid Unicode", exception);
        }
    }

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (_json.TokenType != type)
            throw Error($"{Place}: expected {what}");
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

    private readonly string Place
        => string.Create(CultureInfo.InvariantCulture, $"offset {SafetensorsFile.PrefixLength + _json.TokenStartIndex}");

    private readonly StorageFormatException Error(FormattableString problem, Exception? inner = null)
    {
        string message = $"{_path}: {problem.ToString(CultureInfo.InvariantCulture)}";
        return inner is null ? new StorageFormatException(message) : new StorageFormatException(message, inner);
    }
}
