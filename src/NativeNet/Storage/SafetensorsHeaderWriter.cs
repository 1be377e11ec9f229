using System.Globalization;
using System.Text;

namespace NativeNet.Storage;

/// <summary>Writes the JSON header of a safetensors file.</summary>
/// <remarks>
/// Here and in the other types that load and save weights there are no queries over sequences: one Select brings the run-time
/// type loader into an ahead-of-time compiled program, 270 KB of it.
/// </remarks>
internal static class SafetensorsHeaderWriter
{
    /// <summary>The data starts at a multiple of this, so that a mapped file can be read in place.</summary>
    private const int Alignment = 8;

    /// <summary>The header of a file in which <paramref name="tensors"/> lie one behind the other.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Texts beside them, written in the order of their names.</param>
    /// <returns>UTF-8, padded with blanks to a multiple of eight bytes.</returns>
    /// <exception cref="ArgumentException">A name appears twice, or a text is not valid Unicode.</exception>
    public static byte[] Write(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var json = new StringBuilder("{");
        if (metadata.Count > 0)
        {
            List<KeyValuePair<string, string>> texts = [.. metadata];
            texts.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            List<string> entries = texts.ConvertAll(static text => $"{Quote(text.Key)}:{Quote(text.Value)}");
            json.Append(CultureInfo.InvariantCulture, $"\"{SafetensorsFormat.MetadataName}\":{{{string.Join(',', entries)}}}");
        }

        long offset = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"tensor '{tensor.Name}' appears twice", nameof(tensors));

            long end = offset + (tensor.Values.Length * (long)sizeof(float));
            string shape = string.Join(',', tensor.Shape);
            json.Append(json.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture,
                $$"""{{Quote(tensor.Name)}}:{"dtype":"F32","shape":[{{shape}}],"data_offsets":[{{offset}},{{end}}]}""");
            offset = end;
        }

        json.Append('}');
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        int padding = (Alignment - (encoding.GetByteCount(json.ToString()) % Alignment)) % Alignment;
        return encoding.GetBytes(json.Append(' ', padding).ToString());
    }

    /// <summary>A JSON string: quotes, backslashes and control characters escaped, the rest as it is.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c < ' ')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
