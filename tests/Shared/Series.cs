using System.Globalization;

namespace NativeNet.Tests.Shared;

/// <summary>How long the long series of tests are: as short as a developer waits, or as the environment asks for.</summary>
internal static class Series
{
    /// <summary>The first seed, <c>NATIVENET_SEED</c>.</summary>
    public static int? Seed => Number("NATIVENET_SEED");

    /// <summary>The networks that are drawn at random, <c>NATIVENET_NETWORKS</c>.</summary>
    public static int? Networks => Number("NATIVENET_NETWORKS");

    /// <summary>The damaged files of each format, <c>NATIVENET_FILES</c>.</summary>
    public static int Files => Number("NATIVENET_FILES") ?? 1500;

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
