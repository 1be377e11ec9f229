using System.Globalization;

namespace NativeNet.Program.Networks;

/// <summary>What people read in place of a class number.</summary>
internal static class ClassName
{
    /// <summary>What a class is called; its number where classes have no names.</summary>
    /// <param name="classes">The names, or none.</param>
    /// <param name="label">The class.</param>
    public static string Of(IReadOnlyList<string> classes, int label)
        => classes.Count > 0 ? classes[label] : label.ToString(CultureInfo.InvariantCulture);
}
