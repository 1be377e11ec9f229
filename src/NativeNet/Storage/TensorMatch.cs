using System.Collections.Immutable;

namespace NativeNet.Storage;

/// <summary>Finds the tensors of a network among those of a file.</summary>
internal static class TensorMatch
{
    /// <summary>The places of a network's tensors in a file that holds them and nothing else.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="slots">The network's tensors.</param>
    /// <param name="entries">The file's.</param>
    /// <param name="metadata">The texts beside them.</param>
    /// <returns>For each slot the number of its entry.</returns>
    /// <exception cref="StorageFormatException">A tensor is missing, has another shape or type, or is not the network's.</exception>
    public static int[] Find(string path, ParameterSlot[] slots, List<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < entries.Count; i++)
            found.Add(entries[i].Name, i);

        int[] places = new int[slots.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ParameterSlot slot = slots[i];
            if (!found.TryGetValue(slot.Name, out places[i]))
                throw new StorageFormatException($"{path}: has no tensor '{slot.Name}', {SafetensorsFormat.Describe(slot.Shape)}; {TensorLayout.Stranger(metadata)}");
            SafetensorsEntry entry = entries[places[i]];
            if (!Equal(entry.Shape, slot.Shape))
                throw new StorageFormatException($"{path}: tensor '{slot.Name}' is {SafetensorsFormat.Describe(entry.Shape)}, the network's is {SafetensorsFormat.Describe(slot.Shape)}; {TensorLayout.Stranger(metadata)}");
            found.Remove(slot.Name);
        }

        string? first = null;
        foreach (string name in found.Keys)
        {
            if (first is null || string.CompareOrdinal(name, first) < 0)
                first = name;
        }

        return first is null
            ? places
            : throw new StorageFormatException($"{path}: tensor '{first}' is not in the network; {TensorLayout.Stranger(metadata)}");
    }

    private static bool Equal(ImmutableArray<int> left, ImmutableArray<int> right) => left.AsSpan().SequenceEqual(right.AsSpan());
}
