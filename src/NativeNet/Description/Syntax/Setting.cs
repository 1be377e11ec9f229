using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>What a key is set to: by the file, or by its default.</summary>
/// <param name="Property">The key and value in the file, or null where the file does not give them.</param>
/// <param name="IsValid">Whether <paramref name="Value"/> can be used; if not, the mistake has been reported.</param>
/// <param name="Value">The value, or the key's default.</param>
/// <typeparam name="T">The type of the value.</typeparam>
internal readonly record struct Setting<T>(JsonProperty? Property, bool IsValid, T Value);
