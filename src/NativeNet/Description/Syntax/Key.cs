using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key that an object may have, with all that a file may set it to.</summary>
/// <remarks>The keys are the format: the checks read from them, and tests hold the JSON schema to them.</remarks>
/// <param name="name">The key as files spell it.</param>
/// <param name="required">Whether an object without it is wrong.</param>
internal abstract class Key(string name, bool required)
{
    /// <summary>The key as files spell it.</summary>
    public string Name { get; } = name;

    /// <summary>Whether an object without it is wrong.</summary>
    public bool Required { get; } = required;
}

/// <summary>A key whose value is read as a <typeparamref name="T"/>.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="required">Whether an object without it is wrong.</param>
/// <param name="defaultValue">What an optional key stands for when it is absent.</param>
/// <typeparam name="T">The type of the value.</typeparam>
internal abstract class Key<T>(string name, bool required, T defaultValue) : Key(name, required)
{
    /// <summary>What the key stands for when it is absent; without meaning for a required key.</summary>
    public T Default { get; } = defaultValue;

    /// <summary>What the JSON value must be, for messages: "a string", "an array of integers".</summary>
    protected abstract string Expected { get; }

    /// <summary>The setting of this key in <paramref name="owner"/>. A missing key is <see cref="ObjectForm"/>'s to report.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="diagnostics">Receives what is wrong with the value.</param>
    public Setting<T> Read(JsonObject owner, DiagnosticBag diagnostics)
    {
        if (owner.Find(Name) is not { } property)
            return new Setting<T>(null, !Required && !Spelling.IsMisspelledIn(owner, Name), Default);

        bool valid = TryRead(property.Value, diagnostics, out T value);
        return new Setting<T>(property, valid, value);
    }

    /// <summary>Reads the value, or reports why it cannot be.</summary>
    /// <param name="node">The value in the file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="value">The value, or the default.</param>
    protected abstract bool TryRead(JsonNode node, DiagnosticBag diagnostics, out T value);

    /// <summary>Reports that <paramref name="node"/> is no value for this key.</summary>
    /// <param name="node">The value in the file.</param>
    /// <param name="diagnostics">Receives the mistake.</param>
    protected void ReportWrongType(JsonNode node, DiagnosticBag diagnostics)
        => diagnostics.Add(DiagnosticTable.WrongType, node.Span, $"'{Name}'", Expected, node.Kind);
}
