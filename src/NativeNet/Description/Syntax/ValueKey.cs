namespace NativeNet.Description.Syntax;

/// <summary>A key that can write its value back.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="required">Whether an object without it is wrong.</param>
/// <param name="defaultValue">What an optional key stands for when it is absent.</param>
/// <typeparam name="T">The type of the value.</typeparam>
internal abstract class ValueKey<T>(string name, bool required, T defaultValue) : Key<T>(name, required, defaultValue)
{
    /// <summary>The key set to a value, behind a comma; reading it gives the value again.</summary>
    /// <param name="value">A value that the key accepts.</param>
    public string Write(T value) => $",\"{Name}\":{Format(value)}";

    /// <summary>The JSON of a value.</summary>
    /// <param name="value">A value that the key accepts.</param>
    protected abstract string Format(T value);
}
