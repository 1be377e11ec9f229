using System.Globalization;

namespace NativeNet.Program.CommandLine;

/// <summary>Reads counts.</summary>
internal static class WholeNumber
{
    /// <summary>A number in digits alone, within a range.</summary>
    /// <param name="option">The option that it belongs to.</param>
    /// <param name="text">The text.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    /// <exception cref="UsageException">The text is something else.</exception>
    public static int Parse(string option, ReadOnlySpan<char> text, int least, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} must be a whole number from {least} to {most}, not '{text}'");
}
